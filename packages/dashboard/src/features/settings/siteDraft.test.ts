import type { SiteSettings } from '@vasistas/wire/api'
import { DEFAULT_PRIVACY } from '@vasistas/wire/core'
import { describe, expect, it } from 'vitest'
import { changesOf, risksOf, type SiteDraft } from './siteDraft.ts'

const aDraft = (settings: Partial<SiteSettings> = {}): SiteDraft => ({
  name: 'Shop',
  origins: ['https://shop.example'],
  settings: { ...DEFAULT_PRIVACY, recordingOn: true, retentionDays: 30, sampleRate: 1, keepAssets: true, ...settings },
})

describe('changesOf', () => {
  it('sends only what was changed', () => {
    const draft = { ...aDraft({ retentionDays: 60, block: ['.a'] }), name: 'Other' }
    expect(changesOf(aDraft(), draft)).toEqual({ name: 'Other', settings: { retentionDays: 60, block: ['.a'] } })
  })

  it('is nothing when a change was taken back', () => {
    expect(changesOf(aDraft({ mask: ['.a'] }), aDraft({ mask: ['.a'] }))).toBeUndefined()
  })
})

describe('risksOf', () => {
  it('warns of what records more, keeps longer or deletes', () => {
    expect(risksOf(aDraft(), aDraft({ recordFormInputs: true, recordEmails: true }))).toEqual([
      'recordFormInputs',
      'recordEmails',
    ])
    expect(risksOf(aDraft({ level: 'strict' }), aDraft())).toEqual(['level'])
    expect(risksOf(aDraft({ block: ['.a'] }), aDraft())).toEqual(['lessProtected'])
    expect(risksOf(aDraft(), aDraft({ allow: ['.price'] }))).toEqual(['allow'])
    expect(risksOf(aDraft(), aDraft({ retentionDays: 365 }))).toEqual(['longerRetention'])
    expect(risksOf(aDraft(), aDraft({ retentionDays: 7 }))).toEqual(['shorterRetention'])
  })

  it('lets everything that protects more pass', () => {
    const more = { level: 'strict', block: ['.a'], recordingOn: false, sampleRate: 0.2 } as const
    expect(risksOf(aDraft({ recordFormInputs: true, allow: ['.p'] }), aDraft(more))).toEqual([])
  })
})
