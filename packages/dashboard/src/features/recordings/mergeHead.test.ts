import type { Page, RecordingSummary } from '@vasistas/wire/api'
import { describe, expect, it } from 'vitest'
import { mergeHead, withoutRecording } from './mergeHead.ts'

const aRecording = (id: string, clicks = 0) => ({ id, clicks }) as RecordingSummary
const aPage = (...items: RecordingSummary[]): Page<RecordingSummary> => ({ items, nextCursor: null })
const shown = (...pages: Page<RecordingSummary>[]) => ({ pages, pageParams: pages.map(() => undefined) })

describe('mergeHead', () => {
  it('brings known rows up to date without moving them', () => {
    const { pages, newCount } = mergeHead(
      shown(aPage(aRecording('a'), aRecording('b')), aPage(aRecording('c'))),
      aPage(aRecording('c', 3), aRecording('a', 7)),
    )
    expect(pages.pages.map(({ items }) => items.map(({ id, clicks }) => `${id}${clicks}`))).toEqual([
      ['a7', 'b0'],
      ['c3'],
    ])
    expect(newCount).toBe(0)
  })

  it('counts what is new instead of pushing the list down', () => {
    const { pages, newCount } = mergeHead(shown(aPage(aRecording('a'))), aPage(aRecording('n'), aRecording('a')))
    expect(newCount).toBe(1)
    expect(pages.pages[0]?.items.map(({ id }) => id)).toEqual(['a'])
  })

  it('fills an empty list at once', () => {
    const { pages, newCount } = mergeHead(shown(aPage()), aPage(aRecording('n')))
    expect(pages.pages[0]?.items.map(({ id }) => id)).toEqual(['n'])
    expect(newCount).toBe(0)
  })
})

describe('withoutRecording', () => {
  it('takes an erased recording out of whatever page it is on', () => {
    const left = withoutRecording(shown(aPage(aRecording('a')), aPage(aRecording('b'), aRecording('c'))), 'b')
    expect(left.pages.map(({ items }) => items.map(({ id }) => id))).toEqual([['a'], ['c']])
  })
})
