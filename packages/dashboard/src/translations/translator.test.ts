import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { createTranslator, typeset } from './translator.ts'

describe('createTranslator', () => {
  it('counts as people of the language do', () => {
    const english = createTranslator('en', en)
    const french = createTranslator('fr', fr)
    expect(english.t('recordings.pages', { count: 1 })).toBe('1 page')
    expect(english.t('recordings.pages', { count: 0 })).toBe('0 pages')
    expect(french.t('recordings.pages', { count: 0 })).toBe('0 page')
    expect(french.t('recordings.pages', { count: 2 })).toBe('2 pages')
  })

  it('puts elements where a message has tags', () => {
    const { rich } = createTranslator('en', en)
    const text = rich('install.snippetText', { code: (inside) => createElement('code', undefined, inside) })
    expect(renderToStaticMarkup(text)).toContain('<code>head</code>')
  })
})

describe('typeset', () => {
  it('keeps French punctuation from falling to the next line', () => {
    expect(typeset('Effacer ? Voir « ceci » : oui ; non !', 'fr')).toBe(
      'Effacer\u202f? Voir «\u00a0ceci\u00a0»\u00a0: oui\u202f; non\u202f!',
    )
  })

  it('leaves English and ICU syntax alone', () => {
    expect(typeset('Erase ?', 'en')).toBe('Erase ?')
    expect(typeset('{count, plural, one {# page} other {# pages}}', 'fr')).toBe(
      '{count, plural, one {# page} other {# pages}}',
    )
  })
})
