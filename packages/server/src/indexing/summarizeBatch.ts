import { scrubUrl } from '@vasistas/privacy'
import type { PointerActionRecord, ReplayRecord } from '@vasistas/wire/recording'

import type { BatchSummary, PageSeen } from '../store/indexingStore.ts'
import { collectAssetUrls } from './collectAssetUrls.ts'
import { findRageClicks } from './frustrationSignals.ts'

/** Pauses up to this belong to the activity around them (PostHog's threshold). */
const PAUSE_MS = 5000
const MOST_MARKERS = 200
const MOST_PAGES = 500
const ACTIVE: ReadonlySet<ReplayRecord['type']> = new Set<ReplayRecord['type']>([
  'pointer-move',
  'pointer-action',
  'scroll',
  'input',
  'focus',
  'navigation',
])

/** One batch in counts, paths and names. `isFirst`: it begins its stream, so that its first page is a page view. */
export function summarizeBatch(records: readonly ReplayRecord[], isFirst: boolean): BatchSummary {
  const timed = records.filter(({ at }) => at >= 0)
  const clicks = timed.filter(isClick)
  const rages = findRageClicks(clicks)
  const page = timed.find((record) => record.type === 'page')
  return {
    firstAt: Math.round(timed.reduce((least, { at }) => Math.min(least, at), Infinity)) || 0,
    lastAt: Math.round(timed.reduce((most, { at }) => Math.max(most, at), 0)),
    records: timed.length,
    clicks: clicks.length,
    inputs: timed.filter(({ type }) => type === 'input').length,
    errors: timed.filter(({ type }) => type === 'error').length,
    rageClicks: rages.length,
    activeMs: activeTime(timed),
    hasSnapshot: timed.some(({ type }) => type === 'snapshot'),
    viewport: page && { width: Math.round(page.width), height: Math.round(page.height) },
    pages: listPages(timed, isFirst),
    markers: listMarkers(timed, rages),
    assetUrls: collectAssetUrls(timed),
  }
}

const isClick = (record: ReplayRecord): record is PointerActionRecord =>
  record.type === 'pointer-action' && record.action === 'click'

function activeTime(records: readonly ReplayRecord[]): number {
  const times = records
    .filter(({ type }) => ACTIVE.has(type))
    .map(({ at }) => at)
    .sort((one, other) => one - other)
  let active = 0
  for (let index = 1; index < times.length; index++) {
    const pause = (times[index] ?? 0) - (times[index - 1] ?? 0)
    if (pause <= PAUSE_MS) active += pause
  }
  return Math.round(active)
}

function listPages(records: readonly ReplayRecord[], isFirst: boolean): readonly PageSeen[] {
  const pages: PageSeen[] = []
  let isFirstPage = isFirst
  for (const record of records) {
    if (record.type !== 'page' && record.type !== 'navigation') continue
    const isView = record.type === 'navigation' || isFirstPage
    isFirstPage = false
    if (pages.length < MOST_PAGES)
      pages.push({ at: Math.round(record.at), path: pathOf(record.url), kind: isView ? 'view' : 'again' })
  }
  return pages
}

/** The path alone, scrubbed once more, in a form that every database takes. */
function pathOf(url: string): string {
  const scrubbed = scrubUrl(url)
  return storable(URL.canParse(scrubbed) ? new URL(scrubbed).pathname : '')
}

function listMarkers(records: readonly ReplayRecord[], rages: readonly number[]): BatchSummary['markers'] {
  const markers: BatchSummary['markers'][number][] = rages.map((at) => ({
    at: Math.round(at),
    kind: 'rage-click',
    label: '',
  }))
  for (const record of records) {
    const at = Math.round(record.at)
    if (record.type === 'error') markers.push({ at, kind: 'error', label: storable(record.name) })
    else if (record.type === 'custom') markers.push({ at, kind: 'event', label: storable(record.name) })
    else if (record.type === 'gap') markers.push({ at, kind: 'gap', label: record.reason })
  }
  return markers.slice(0, MOST_MARKERS)
}

/** Lone surrogates become the replacement character, NUL goes: PostgreSQL refuses it. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '')
