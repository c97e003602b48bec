import { MASK } from '@vasistas/privacy'
import { DEFAULT_PRIVACY, type PrivacyPolicy } from '@vasistas/wire/core'
import { describe, expect, it } from 'vitest'
import { previewRecording, type PreviewName } from './previewRecording.ts'

const SAMPLES = {
  text: 'Delivered on Friday',
  contact: 'Write to marie@example.com',
  search: 'oak handle',
  email: 'marie@example.com',
  orderNumber: '20417733',
}

function recorded(name: PreviewName, change: Partial<PrivacyPolicy> = {}) {
  const row = previewRecording({ ...DEFAULT_PRIVACY, ...change }, SAMPLES).find((candidate) => candidate.name === name)
  if (!row) throw new Error(`no row ${name}`)
  return row
}

describe('previewRecording', () => {
  it('keeps the words of a page and redacts addresses in them, by default', () => {
    expect(recorded('text')).toMatchObject({ recorded: SAMPLES.text, outcome: 'kept' })
    expect(recorded('contact')).toMatchObject({ recorded: `Write to ${MASK}`, outcome: 'changed' })
  })

  it('masks everything typed, by default', () => {
    for (const name of ['search', 'email', 'orderNumber', 'password', 'card'] as const) {
      expect(recorded(name)).toMatchObject({ name, recorded: MASK, outcome: 'masked' })
    }
  })

  it('records typing only as far as each setting allows', () => {
    const forms = { recordFormInputs: true }
    expect(recorded('search', forms).outcome).toBe('kept')
    expect(recorded('email', forms).outcome).toBe('masked')
    expect(recorded('email', { ...forms, recordEmails: true }).outcome).toBe('kept')
    expect(recorded('orderNumber', forms).outcome).toBe('masked')
    expect(recorded('orderNumber', { ...forms, recordNumbers: true }).outcome).toBe('kept')
  })

  it('never records passwords and cards, whatever is set', () => {
    const everything = { recordFormInputs: true, recordEmails: true, recordNumbers: true, readForeignAllowMarks: true }
    expect(recorded('password', everything).outcome).toBe('masked')
    expect(recorded('card', everything).outcome).toBe('masked')
  })

  it('masks texts and drops images when strict, even with forms on', () => {
    expect(recorded('text', { level: 'strict' }).outcome).toBe('masked')
    expect(recorded('ownImage', { level: 'strict' }).outcome).toBe('nothing')
    expect(recorded('search', { level: 'strict', recordFormInputs: true }).outcome).toBe('masked')
  })

  it('shows images of other hosts only when they are listed, and never their query', () => {
    expect(recorded('ownImage').recorded).toBe('https://shop.example/img/oak-door.jpg')
    expect(recorded('otherImage').outcome).toBe('nothing')
    expect(recorded('otherImage', { imageHosts: ['cdn.shop.example'] }).recorded).toBe(
      'https://cdn.shop.example/photo.jpg',
    )
  })

  it('cuts addresses to what is allowed, and says nothing of excluded pages', () => {
    expect(recorded('address').recorded).toBe('https://shop.example/doors')
    expect(recorded('address', { allowedQueryNames: ['utm_source'] }).recorded).toBe(
      'https://shop.example/doors?utm_source=newsletter',
    )
    expect(recorded('checkout').outcome).toBe('kept')
    expect(recorded('checkout', { excludedPages: ['/checkout/*'] }).outcome).toBe('nothing')
  })
})
