import { describe, expect, it } from 'vitest'
import { createEchoes } from './echoes.ts'

const MASK = '•••••'

function typed(...values: readonly string[]) {
  const echoes = createEchoes()
  const control = {}
  for (const value of values) echoes.note(control, value)
  return echoes
}

describe('createEchoes', () => {
  it.each([
    ['the whole, whatever its case', ['Dupont'], 'Hello DUPONT!', `Hello ${MASK}!`],
    ['the whole inside a word', ['dupont'], 'predupontian', `pre${MASK}ian`],
    ['how far it was typed a moment ago', ['dupo', 'dupon', 'dupont'], 'Nothing for dupon', `Nothing for ${MASK}`],
    ['what it was before something else was typed', ['dupont', 'm', 'martin'], 'dupont', MASK],
    ['what it was before letters were taken back', ['dupont', 'dupon', 'dupo', ''], 'for dupont', `for ${MASK}`],
    ['one word of several', ['Marie Dupont'], 'Mme Dupont, bonjour', `Mme ${MASK}, bonjour`],
    ['words with other signs between them', ['Marie Dupont'], 'marie-dupont', `${MASK}-${MASK}`],
    ['three letters as a word', ['Léa'], 'Bonjour Léa !', `Bonjour ${MASK} !`],
    ['a part of a long text', ['one two three four five six seven eight'], ' four five ', MASK],
    [
      'a line of a long text',
      ['one two three\nfour five six seven eight'],
      'said: four five six seven eight.',
      `said: ${MASK}.`,
    ],
    ['a long text cut short', ['one two three four five six seven'], 'one two three fo…', `${MASK}…`],
  ])('masks %s', (_, values, text, masked) => {
    expect(typed(...values).mask(text)).toBe(masked)
  })

  it.each([
    ['words that begin alike', 'information', 'an informal dinner'],
    ['three letters inside a word', 'lea', 'a clean sleeve'],
    ['single words of a long text', 'please send the black shoes to my house', 'all black shoes'],
    ['everything while nothing was typed', '', 'all black shoes'],
  ])('leaves %s', (_, value, text) => {
    expect(typed(value).mask(text)).toBe(text)
  })

  it('knows a value after the control is done with, and the next one as well', () => {
    const echoes = createEchoes()
    const control = {}
    echoes.note(control, 'dupont')
    echoes.settle(control)
    echoes.note(control, 'martin')
    expect(echoes.mask('dupont, martin')).toBe(`${MASK}, ${MASK}`)
  })

  it('keeps no longer one of two that begin alike in parts', () => {
    const echoes = createEchoes()
    echoes.note({}, 'anna')
    echoes.note({}, 'annabelle')
    expect(echoes.mask('annabelle')).toBe(MASK)
  })
})
