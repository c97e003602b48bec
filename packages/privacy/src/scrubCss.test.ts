import { describe, expect, it } from 'vitest'
import { scrubCss } from './scrubCss.ts'

describe('scrubCss', () => {
  it('keeps the names of fonts, also where a custom property lists them', () => {
    const css = `:root { --serif: "Young Serif", Georgia, serif; } h1 { font-family: "Young Serif", serif; }`
    expect(scrubCss(css)).toBe(css)
  })

  it('masks words in any other custom property and in content, but keeps glyphs', () => {
    expect(scrubCss(`a { --greeting: "Hello Anna"; }`)).toBe(`a { --greeting: "•••••"; }`)
    expect(scrubCss(`a::after { content: "Anna"; } b::before { content: "→"; }`)).toBe(
      `a::after { content: "•••••"; } b::before { content: "→"; }`,
    )
  })

  it('lets nothing to redact through as the name of a font', () => {
    expect(scrubCss(`:root { --f: "anna@shop.example", serif; }`)).toContain('"•••••", serif')
  })

  it('drops comments and queries of addresses', () => {
    expect(scrubCss(`/* anna */a { background: url(/b.png?user=anna) }`)).toBe(`a { background: url("/b.png") }`)
  })
})
