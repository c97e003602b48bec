import { describe, expect, it } from 'vitest'
import { rrweb, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'
import { collectAssetUrls } from './collectAssetUrls.ts'

const SHOP = 'https://shop.example'

function anElement(
  tagName: string,
  attributes: Record<string, string>,
  childNodes: SerializedNode[] = [],
): SerializedNode {
  return { type: rrweb.NODE.element, id: 2, tagName, attributes, childNodes }
}

function aSnapshot(...childNodes: SerializedNode[]): ReplayRecord {
  return { type: 'snapshot', at: 1, left: 0, top: 0, node: { type: rrweb.NODE.document, id: 1, childNodes } }
}

describe('collectAssetUrls', () => {
  it('finds images wherever a page can name them', () => {
    const style: SerializedNode = {
      type: rrweb.NODE.text,
      id: 3,
      isStyle: true,
      textContent: `@font-face{src:url("${SHOP}/f.woff2")} a{background:url(${SHOP}/bg.png)}`,
    }
    const page = aSnapshot(
      anElement('img', { src: `${SHOP}/a.png`, srcset: `${SHOP}/a1.png 1x, ${SHOP}/a2.png 2x` }),
      anElement('div', { style: `background:url("${SHOP}/s.png")` }, [anElement('image', { href: `${SHOP}/i.svg` })]),
      anElement('video', { src: `${SHOP}/film.mp4`, poster: `${SHOP}/poster.jpg` }),
      anElement('style', {}, [style]),
      anElement('link', { _cssText: `p{cursor:url('${SHOP}/c.png')}`, href: `${SHOP}/main.css` }),
      anElement('a', { href: `${SHOP}/page` }),
    )
    expect(collectAssetUrls([page]).toSorted()).toEqual(
      ['/a.png', '/a1.png', '/a2.png', '/bg.png', '/c.png', '/f.woff2', '/i.svg', '/poster.jpg', '/s.png'].map(
        (path) => SHOP + path,
      ),
    )
  })

  it('finds what changes bring', () => {
    const records: ReplayRecord[] = [
      {
        type: 'mutation',
        at: 1,
        adds: [{ parentId: 1, nextId: null, node: anElement('img', { src: `${SHOP}/new.png` }) }],
        removes: [],
        texts: [],
        attributes: [{ id: 2, attributes: { src: `${SHOP}/changed.png`, alt: null } }],
      },
      { type: 'style-sheet', at: 2, node: 1, adds: [{ rule: `a{background:url("${SHOP}/rule.png")}`, index: 0 }] },
      {
        type: 'adopted-sheets',
        at: 3,
        node: 1,
        styleIds: [1],
        styles: [{ styleId: 1, rules: [{ rule: `b{background:url("${SHOP}/adopted.png")}`, index: 0 }] }],
      },
    ]
    expect(collectAssetUrls(records)).toEqual(
      ['/new.png', '/changed.png', '/rule.png', '/adopted.png'].map((path) => SHOP + path),
    )
  })

  it('leaves out what is relative, carries a query or a user, or is no http address', () => {
    const sources = [
      '/a.png',
      'a.png',
      `${SHOP}/a.png?token=1`,
      'https://u:p@shop.example/a.png',
      'data:image/png,x',
      'x:y',
    ]
    expect(collectAssetUrls([aSnapshot(...sources.map((src) => anElement('img', { src })))])).toEqual([])
  })

  it('names 200 addresses of a batch at most', () => {
    const images = Array.from({ length: 300_000 }, (_, index) =>
      anElement('img', { src: `${SHOP}/${index % 300}a.png` }),
    )
    expect(collectAssetUrls([aSnapshot(...images.slice(0, 1000), anElement('p', {}, images))])).toHaveLength(200)
  })
})
