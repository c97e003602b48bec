import type { AuditEntry, Health, RecordingDetail, SignIn, Site } from '@vasistas/wire/api'
import { DEFAULT_PRIVACY } from '@vasistas/wire/core'

export const FIXTURE_SITE = 4_200_001

export function fixtureSites(now: number): Site[] {
  const settings = { ...DEFAULT_PRIVACY, recordingOn: true, retentionDays: 30, sampleRate: 1, keepAssets: true }
  return [
    {
      id: FIXTURE_SITE,
      key: 'Zm9vYmFyYmF6cXV4MTIzNA',
      name: 'Clenche',
      origins: ['https://shop.example', 'https://www.shop.example'],
      createdAt: now - 40 * DAY,
      settings,
      recordings: 63,
    },
    {
      id: FIXTURE_SITE + 1,
      key: 'QWJjZGVmZ2hpamtsbW5vcA',
      name: 'Association of locksmiths',
      origins: ['https://locksmiths.example'],
      createdAt: now - 3 * DAY,
      settings: { ...settings, level: 'strict', recordingOn: false },
      recordings: 0,
    },
  ]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const COUNTRIES = ['FR', 'DE', 'BE', 'FR', 'CH', 'GB', 'CA', '']
const PATHS = ['/', '/doors/oak-lever', '/handles', '/checkout', '/help/returns', '/doors/little-window']
const REFERRERS = ['', 'https://www.ecosia.org', '', 'https://duckduckgo.com']
const CLIENTS = [
  ['desktop', 'Firefox 142', 'Linux', 1280, 800],
  ['mobile', 'Safari 26', 'iOS 26', 390, 844],
  ['desktop', 'Chrome 143', 'Windows 11', 1536, 864],
  ['tablet', 'Chrome 143', 'Android 16', 820, 1180],
  ['desktop', 'Edge 143', 'Windows 11', 1920, 1080],
] as const
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item

/** Sixty-three visits over two weeks; the newest goes on. */
export function fixtureRecordings(now: number): RecordingDetail[] {
  return Array.from({ length: 63 }, (_, index) =>
    aFixtureRecording(index, now - index ** 1.7 * 11 * MINUTE - 2 * MINUTE),
  )
}

export function aFixtureRecording(index: number, startedAt: number): RecordingDetail {
  const [device, browser, os, width, height] = pick(CLIENTS, index * 7 + 2)
  const visitor = Array.from({ length: 8 }, (_, letter) => LETTERS[(index * 13 + letter * letter * 7 + 5) % 32]).join(
    '',
  )
  const durationMs = 83_000 + (index % 9) * 41_000
  const entryPath = pick(PATHS, index * 5)
  return {
    id: `fixture${String(index).padStart(4, '0')}AAAAAAAAAAA`,
    siteId: FIXTURE_SITE,
    state: index === 0 ? 'live' : index < 3 ? 'quiet' : 'sealed',
    startedAt: Math.round(startedAt),
    durationMs,
    activeMs: Math.round(durationMs * (0.35 + (index % 6) * 0.11)),
    visitor,
    visitorRecordings: index % 4 === 1 ? 3 : 1,
    country: pick(COUNTRIES, index),
    device,
    browser,
    os,
    viewport: { width, height },
    pages: 1 + (index % 7),
    clicks: 3 + ((index * 11) % 40),
    inputs: index % 5,
    errors: index % 6 === 2 ? 2 : 0,
    rageClicks: index % 7 === 1 ? 1 : 0,
    entryPath,
    exitPath: '/checkout',
    referrer: pick(REFERRERS, index),
    watched: index > 3 && index % 3 === 0,
    hasGaps: index === 5,
    playable: index !== 8,
    expiresAt: Math.round(startedAt + 30 * DAY),
    pageViews: [
      { at: Math.round(startedAt), path: '/' },
      { at: Math.round(startedAt + 6000), path: '/doors/oak-lever' },
      { at: Math.round(startedAt + 41_000), path: '/checkout' },
    ],
    watches: index % 3 === 0 ? [{ at: Math.round(startedAt + HOUR / 2), agent: 'Claude Monge' }] : [],
    bytes: 184_320 + index * 900,
    batches: 12 + index,
    quarantinedBatches: index === 5 ? 1 : 0,
    poisonedBatches: index === 8 ? 2 : 0,
    recorder: '0.1.0',
  }
}

export function fixtureAudit(now: number): AuditEntry[] {
  const agent = 'ada@shop.example'
  return [
    { at: now - 3 * MINUTE, actor: agent, action: 'recording.watched', target: 'fixture0003AAAAAAAAAAA' },
    { at: now - 26 * MINUTE, actor: agent, action: 'site.changed', target: 'Clenche: retentionDays, excludedPages' },
    {
      at: now - 2 * HOUR,
      actor: 'claude@shop.example',
      action: 'recording.exported',
      target: 'fixture0006AAAAAAAAAAA',
    },
    { at: now - 5 * HOUR, actor: 'visitor', action: 'recording.erased', target: 'fixture0099AAAAAAAAAAA' },
    { at: now - 6 * HOUR, actor: agent, action: 'sign-in', target: agent },
    { at: now - 6 * HOUR - MINUTE, actor: agent, action: 'sign-in.failed', target: agent },
    { at: now - DAY, actor: agent, action: 'password.changed', target: agent },
    { at: now - 3 * DAY, actor: agent, action: 'site.created', target: 'Association of locksmiths' },
    { at: now - 40 * DAY, actor: agent, action: 'account.created', target: agent },
  ]
}

export function fixtureSignIns(now: number): SignIn[] {
  return [
    { id: '1', createdAt: now - 6 * HOUR, seenAt: now, browser: 'Firefox · Linux', current: true },
    { id: '2', createdAt: now - 9 * DAY, seenAt: now - 2 * DAY, browser: 'Safari · iOS', current: false },
  ]
}

export function fixtureHealth(now: number): Health {
  return {
    version: '0.1.0',
    startedAt: now - 6 * DAY,
    acceptedBatches: 48_213,
    duplicateBatches: 12,
    refused: [
      { reason: 'not-sampled', count: 310 },
      { reason: 'ORIGIN_NOT_ALLOWED', count: 14 },
      { reason: 'SESSION_OVER', count: 3 },
    ],
    quarantined: [{ reason: 'input-value', count: 1 }],
    poisoned: [],
    indexBacklog: 0,
    storedBytes: 912_000_000,
    diskFreeBytes: 81_400_000_000,
  }
}
