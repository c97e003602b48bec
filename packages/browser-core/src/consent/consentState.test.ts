import { describe, expect, it } from 'vitest'
import type { IdentityStorage } from '../identity/identityStorage.ts'
import { createConsentState, type ConsentChoice } from './consentState.ts'

function aConsent({ kept, now, hasGpc = false }: { kept: unknown; now: string; hasGpc?: boolean }) {
  const storage: IdentityStorage = { read: () => kept, write: () => undefined, remove: () => undefined }
  return createConsentState({ globalPrivacyControl: hasGpc } as unknown as Navigator, storage, {
    now: () => Date.parse(now),
  })
}

const granted = (at: string): ConsentChoice => ({
  recording: 'granted',
  at: Date.parse(at),
  textVersion: 'en-1',
  mechanism: 'notice',
})

describe('createConsentState', () => {
  it.each([
    ['on the last day of six months', '2026-01-31T10:00:00Z', '2026-07-30T10:00:00Z', true],
    ['after six months', '2026-01-10T10:00:00Z', '2026-07-10T10:00:01Z', false],
  ])('%s: remembered is %s', (_, at, now, isRemembered) => {
    expect(aConsent({ kept: granted(at), now }).isGranted()).toBe(isRemembered)
    expect(aConsent({ kept: { ...granted(at), recording: 'denied' }, now }).read() !== undefined).toBe(isRemembered)
  })

  it('is not granted while the browser refuses for its owner', () => {
    const consent = aConsent({ kept: granted('2026-01-10T10:00:00Z'), now: '2026-01-11T10:00:00Z', hasGpc: true })
    expect(consent.isGranted()).toBe(false)
  })

  it.each([null, 'granted', {}, { recording: 'granted' }, { recording: 'granted', at: 'yesterday' }, []])(
    'takes %j for no choice',
    (kept) => {
      const consent = aConsent({ kept, now: '2026-01-11T10:00:00Z' })
      expect(consent.read()).toBeUndefined()
      expect(consent.isGranted()).toBe(false)
    },
  )
})
