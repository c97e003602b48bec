import { describe, expect, it } from 'vitest'
import { parseSiteChange } from './parseSiteChange.ts'

describe('parseSiteChange', () => {
  it('turns words of a command line into what the API takes', () => {
    expect(
      parseSiteChange([
        'recordFormInputs=on',
        'privacyLevel=strict',
        'retentionDays=14',
        'sampleRate=0.5',
        'block=.card, #secret',
        'name=Shop = good',
        'origins=https://a.example,https://b.example',
      ]),
    ).toEqual({
      name: 'Shop = good',
      origins: ['https://a.example', 'https://b.example'],
      settings: {
        recordFormInputs: true,
        level: 'strict',
        retentionDays: 14,
        sampleRate: 0.5,
        block: ['.card', '#secret'],
      },
    })
  })

  it('takes selectors with commas as a JSON list, and an empty list to clear one', () => {
    expect(parseSiteChange(['mask=["a:is(.b,.c)"]', 'block='])).toEqual({
      settings: { mask: ['a:is(.b,.c)'], block: [] },
    })
  })

  it.each([
    'keepAssets',
    '=on',
    'keepAssets=maybe',
    'retentionDays=soon',
    'sampleRate=',
    'unknown=1',
    '__proto__=1',
    'mask=[1]',
  ])('says what is wrong with %s', (assignment) => {
    expect(() => parseSiteChange([assignment])).toThrow(/setting|on or off|a number|JSON list/)
  })
})
