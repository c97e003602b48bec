import { isCardNumber, MASK, redactText, scrubAssetUrl, scrubCss, scrubSrcset, scrubUrl } from '@vasistas/privacy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const personal = fc.constantFrom(
  'cnry001@leak.example',
  'CNRY.First+tag@sub.leak.museum',
  '4242 4242 4242 4242',
  'FR76 3000 6000 0112 3456 7890 189',
  'GB29 NWBK 6016 1331 9268 19',
  '+33 6 12 34 56 78',
  '078-05-1120',
  'eyJhbGciOiJIUzI1NiJ9.eyJzIjoiQ05SWSJ9.x',
  'sk_live_CNRY001',
  '12 345 678,90',
  '٤٢٤٢٤٢٤٢',
)
const words = fc.stringMatching(/^[a-zé ,.!?()"'\n]{0,20}$/)
const hostile = fc.string({ unit: 'grapheme', maxLength: 60 })
const mixed = fc
  .array(fc.oneof(words, personal, hostile, fc.constantFrom(MASK, ':id', '%', '%25', '//', '@', '?', '#')))
  .map((parts) => parts.join(''))
const address = mixed.map((text) => `https://shop.example/${text}`)
const campaign = mixed.map((text) => `/p?utm_source=${text}`)
const css = fc
  .array(
    fc.oneof(
      mixed,
      fc.constantFrom(
        'a{',
        '}',
        ';',
        'content:',
        '"',
        "'",
        '\\',
        'url(',
        ')',
        '/*',
        '*/',
        '@import ',
        'font-family:',
        '--x:',
        '[title="',
        'background:url("/a.png?e=C")',
        "content:'C D'",
        '\n',
        'image-set("x.png?q" 1x)',
      ),
    ),
  )
  .map((parts) => parts.join(''))

/** The server checks that the browser did its work by doing it again: every rule must have a fixed point after one step. */
describe('privacy rules done twice', () => {
  const rules: readonly [string, fc.Arbitrary<string>, (text: string) => string][] = [
    ['redactText', mixed, (text) => redactText(text)],
    [
      'redactText keeping e-mails and numbers',
      mixed,
      (text) => redactText(text, { keepEmails: true, keepNumbers: true }),
    ],
    ['scrubUrl', mixed, (text) => scrubUrl(text)],
    ['scrubUrl of an http address', address, (text) => scrubUrl(text)],
    ['scrubUrl with allowed names', campaign, (text) => scrubUrl(text, { allowedQueryNames: ['utm_source'] })],
    ['scrubAssetUrl', address, (text) => scrubAssetUrl(text)],
    ['scrubSrcset', mixed, (text) => scrubSrcset(text)],
    ['scrubCss', css, (text) => scrubCss(text)],
  ]
  it.each(rules)('%s changes nothing the second time', (_, input, rule) => {
    fc.assert(
      fc.property(input, (text) => {
        const once = rule(text)
        expect(rule(once)).toBe(once)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('redactText', () => {
  it('leaves no address and no long number of whatever surrounds it', () => {
    fc.assert(
      fc.property(mixed, personal, mixed, (before, secret, after) => {
        fc.pre(!before.includes(secret) && !after.includes(secret)) // `ask_live_…` holds a key's letters and is none
        const redacted = redactText(`${before} ${secret} ${after}`)
        expect(redacted).not.toContain(secret)
        expect(redacted).not.toMatch(/[\p{L}\p{N}]@[\p{L}\p{N}]/u)
        expect(redacted).not.toMatch(/\p{Nd}{6}/u)
      }),
    )
  })

  it('never keeps a card number, whatever the settings', () => {
    const cards = fc.stringMatching(/^\d{11,18}$/).map((digits) => {
      const check = '0123456789'.split('').find((digit) => isCardNumber(digits + digit)) ?? ''
      return digits + check
    })
    fc.assert(
      fc.property(cards, (card) => {
        expect(redactText(`x ${card} y`, { keepEmails: true, keepNumbers: true })).not.toContain(card)
      }),
    )
  })
})

describe('scrubUrl', () => {
  it('keeps neither query nor fragment nor user of any address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const scrubbed = scrubUrl(url.replace('://', '://user:secret@'))
        expect(scrubbed).not.toMatch(/[?#]|user:|secret/)
      }),
    )
  })
})
