import { describe, expect, it } from 'vitest'
import { parseOrigin } from '../../site/parseOrigin.ts'
import { cspLines, siteSnippet } from './snippet.ts'

const PLAIN = { hasNotice: true, privacyUrl: '', language: 'auto', recordsForms: false } as const

describe('siteSnippet', () => {
  it('is two lines to paste', () => {
    const [first, second] = siteSnippet('https://replay.example/', 'KEY', PLAIN).split('\n')
    expect(first).toBe('<script async src="https://replay.example/v.js" data-site="KEY"></script>')
    expect(second).toContain('window.vasistas = window.vasistas ||')
  })

  it('carries the notice’s options, or none where the site asks by itself', () => {
    const options = { ...PLAIN, privacyUrl: 'https://shop.example/?a=1&b="2"', language: 'fr' } as const
    expect(siteSnippet('https://r.example', 'KEY', options)).toContain(
      'data-privacy-url="https://shop.example/?a=1&amp;b=&quot;2&quot;" data-language="fr"',
    )
    const own = siteSnippet('https://r.example', 'KEY', { ...options, hasNotice: false })
    expect(own).toContain('data-notice="off"')
    expect(own).not.toContain('data-language')
  })
})

describe('siteSnippet of a site that records entries', () => {
  it('lets the notice say so', () => {
    expect(siteSnippet('https://r.example', 'KEY', { ...PLAIN, recordsForms: true })).toContain('data-forms="recorded"')
  })
})

describe('cspLines', () => {
  it('allow the server’s origin and nothing wider', () => {
    expect(cspLines('https://replay.example/base')).toBe(
      'script-src https://replay.example;\nconnect-src https://replay.example;\nworker-src blob:;',
    )
  })
})

describe('parseOrigin', () => {
  it('understands what people type', () => {
    expect(parseOrigin('shop.example')).toBe('https://shop.example')
    expect(parseOrigin(' https://Shop.example/fr?x=1 ')).toBe('https://shop.example')
    expect(parseOrigin('localhost:4301')).toBe('http://localhost:4301')
    expect(parseOrigin('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080')
  })

  it('refuses what is no address of a site', () => {
    expect(parseOrigin('shop')).toBeUndefined()
    expect(parseOrigin('ftp://shop.example')).toBeUndefined()
    expect(parseOrigin('')).toBeUndefined()
    expect(parseOrigin('data:text/html,x')).toBeUndefined()
  })
})
