import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedCss, allowedRule } from './allowedCss.ts'
import { createAllowUrl } from './allowedUrl.ts'
import { cssTokens } from './cssTokens.ts'

const nothing = createAllowUrl(null)
const own = createAllowUrl('https://own.example/a/')
const css = (text: string) => allowedCss(text, nothing)

describe('allowedCss', () => {
  it('leaves what fetches nothing as it was written', () => {
    const texts = [
      'a { color: red; margin: -1.5em auto 0 calc(1px + 2%) !important }',
      '@media (min-width: 600px) and (hover: hover) { .a > .b::before { content: "\\201C"; color: #fff } }',
      "@font-face { font-family: 'Own'; src: url(data:font/woff2;base64,AAAA) }".replace(
        'url(data:font/woff2;base64,AAAA)',
        'local("Own")',
      ),
      '.a\\:b:not(.c):nth-child(2n + 1) { transition: opacity .2s, active 1s; animation:focus 1s }',
      '@layer base, theme; @container (min-width: 20rem) { a { fill: url(#wood) } }',
      '@supports (display: grid) { :root { --a: { b: c }; --d: "text" } }',
      '@keyframes x { from { opacity: 0 } 50.5% { opacity: .5 } to { opacity: 1 } }',
    ]
    for (const text of texts) expect(css(text)).toBe(text)
  })

  it('tells by attributes what the visitor hovered, pressed and focused', () => {
    expect(css('a:hover,li:has(> a:hover) b::before{x:y}')).toBe(
      'a[vasistas-hover],li:has(> a[vasistas-hover]) b::before{x:y}',
    )
    expect(css('i:focus-visible{} i:focus-within{} i:focus{} i:active{}')).toBe(
      'i[vasistas-focus]{} i[vasistas-focus-within]{} i[vasistas-focus]{} i[vasistas-active]{}',
    )
    expect(css('a{&:hover{x:y}transition:hover 1s}')).toBe('a{&[vasistas-hover]{x:y}transition:hover 1s}')
  })

  it('asks for the replay frame where the page asked for the screen', () => {
    expect(css('@media (max-device-width: 600px){a{b:c}}')).toBe('@media (max-width: 600px){a{b:c}}')
  })

  it('shows our own copies of what has a full address', () => {
    expect(allowedCss('a{background:url(https://x.example/a.png)}', own)).toBe(
      'a{background:url("https://own.example/a/https%3A%2F%2Fx.example%2Fa.png")}',
    )
    expect(allowedCss('a{background:image-set("https://x.example/a.png" 2x)}', own)).toBe(
      'a{background:image-set("https://own.example/a/https%3A%2F%2Fx.example%2Fa.png" 2x)}',
    )
    expect(allowedCss('a{background:url(a.png)}', own)).toBe('a{background:url("data:,")}')
  })

  it('takes imports out, however they are written', () => {
    for (const text of [
      '@import "x";',
      '@IMPORT url(x);',
      '@\\69mport "x";',
      '@import/**/"x" layer(a) screen;',
      '@media all{@import "x";}',
      '@charset "x";@namespace url(x);',
      '@unknown{a{b:c}}',
      '@import "x',
    ]) {
      expect(css(`${text}a{b:c}`)).not.toMatch(/import|charset|namespace|unknown/i)
    }
    expect(css('@import "x";a{b:c}')).toBe('a{b:c}')
  })

  it('keeps an address out of functions that could be handed one later', () => {
    expect(css('a{background:image-set(var(--a) 1x)}')).toBe('a{background:image-set(vasistas-none(--a) 1x)}')
  })

  it('turns a rule that may not be into one that does nothing, so that later rules keep their place', () => {
    expect(allowedRule('@import "x";', nothing)).toBe('@media not all{}')
  })

  it('lets no address through, whatever surrounds it', () => {
    const pieces = fc.constantFrom(
      'url(',
      'URL(',
      'u\\72l(',
      '"',
      "'",
      ')',
      '(',
      '{',
      '}',
      ';',
      ':',
      ',',
      '@import ',
      '@\\69mport',
      '@media ',
      '/*',
      '*/',
      '\\',
      '\n',
      ' ',
      'a',
      '--x',
      'image-set(',
      'src(',
      'var(--x)',
      '<!--',
      '-->',
      '#',
      '\u0000',
      '//evil.example/x',
      'https://evil.example/x',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const written = css(parts.join(''))
        const tokens = [...cssTokens(written)]
        const addresses = tokens.filter(({ kind }) => kind === 'url').map(({ value }) => value)
        expect(addresses.filter((url) => url !== 'data:,' && !url.startsWith('#'))).toEqual([])
        expect(tokens.filter(({ kind, text }) => kind === 'at' && text !== '@media')).toEqual([])
        // What was written is what a second reading sees.
        expect(css(written)).toBe(written)
      }),
      { numRuns: 3000 },
    )
  })
})
