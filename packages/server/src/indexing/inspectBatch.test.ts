import { DEFAULT_PRIVACY, type PrivacyPolicy } from '@vasistas/wire/core'
import { rrweb, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'
import { describe, expect, it } from 'vitest'

import { inspectBatch } from './inspectBatch.ts'

const at = 1_700_000_000_000
const page = 'https://shop.example/shelf'
const inspect = (records: readonly ReplayRecord[], changes: Partial<PrivacyPolicy> = {}) =>
  inspectBatch(records, { ...DEFAULT_PRIVACY, ...changes })

const element = (tagName: string, attributes: Record<string, string | true>, childNodes: SerializedNode[] = []) =>
  ({ type: rrweb.NODE.element, id: 10, tagName, attributes, childNodes }) as SerializedNode
const text = (textContent: string) => ({ type: rrweb.NODE.text, id: 11, textContent }) as SerializedNode
const aPageAt = (url: string): ReplayRecord => ({ type: 'page', at, url, width: 1280, height: 720 })
const showing = (...childNodes: SerializedNode[]): ReplayRecord[] => [
  aPageAt(page),
  { type: 'snapshot', at, left: 0, top: 0, node: { type: rrweb.NODE.document, id: 1, childNodes } },
]

describe('inspectBatch', () => {
  it.each<[string, string, ReplayRecord[]]>([
    ['a value typed into a form', 'input-value', [{ type: 'input', at, node: 5, text: 'Ada', checked: false }]],
    ['a box that was ticked', 'input-state', [{ type: 'input', at, node: 5, text: '', checked: true }]],
    ['a value attribute', 'input-value', showing(element('input', { value: 'Ada' }))],
    ['the text of a text area', 'input-value', showing(element('textarea', {}, [text('Ada')]))],
    ['the choice of a list', 'input-state', showing(element('option', { selected: true }))],
    ['a placeholder', 'input-value', showing(element('input', { placeholder: 'Ada' }))],
    ['a card number', 'text', showing(text('pay with 4111 1111 1111 1111'))],
    ['an account number', 'text', showing(text('IBAN FR76 3000 6000 0112 3456 7890 189'))],
    ['a token', 'text', showing(text('key sk_live_51Habcdefghijkl'))],
    ['an event handler', 'attribute-name', showing(element('img', { onerror: 'alert(1)' }))],
    ['srcdoc', 'attribute-name', showing(element('iframe', { srcdoc: '<script>alert(1)</script>' }))],
    // oxlint-disable-next-line no-script-url -- it must be set aside
    ['a javascript: address', 'url', showing(element('a', { href: 'javascript:alert(1)' }))],
    ['a query in an address', 'url', showing(element('a', { href: 'https://shop.example/?session=1' }))],
    ['a query in an image’s address', 'url', showing(element('img', { src: 'https://shop.example/a.png?id=7' }))],
    ['a query in the page’s address', 'page-url', [aPageAt(`${page}?q=1`)]],
    ['a script', 'script', showing(element('script', {}, [text('alert(1)')]))],
    ['an attribute nobody named', 'attribute-name', showing(element('div', { 'aria-label': 'Ada' }))],
    ['an element that is none', 'element-name', showing(element('ada@example', {}))],
    ['a comment in a sheet', 'style', showing(element('style', { _cssText: '/* Ada */ a{color:red}' }))],
    ['a style with an address', 'style', showing(element('div', { style: 'background:url(https://x.example/?a=1)' }))],
    ['an error that quotes', 'error-text', [{ type: 'error', at, name: 'Error', message: 'card 4111111111111111' }]],
    ['an event that tells a token', 'event-text', [{ type: 'custom', at, name: 'x', props: { t: 'ghp_abcdefgh123' } }]],
    [
      'an event that tells an address',
      'event-text',
      [{ type: 'custom', at, name: 'x', props: { who: 'a@b.example' } }],
    ],
    [
      'an event that tells a long number',
      'event-text',
      [{ type: 'custom', at, name: 'x', props: { phone: 612345678 } }],
    ],
    ['an event named by an address', 'event-text', [{ type: 'custom', at, name: 'a@b.example', props: {} }]],
    ['an error that names an address', 'error-text', [{ type: 'error', at, name: 'Error', message: 'to a@b.example' }]],
    [
      'what is written in an editor',
      'input-value',
      showing(element('div', { contenteditable: 'true' }, [text('Ada')])),
    ],
    ['a picture of words', 'url', showing(element('img', { src: 'data:image/svg+xml,<svg><text>Ada</text></svg>' }))],
    ['words in an attribute of a drawing', 'attribute-name', showing(element('x-name', { from: 'ada' }))],
    [
      'an attribute that a mutation adds',
      'attribute-name',
      [
        {
          type: 'mutation',
          at,
          adds: [],
          removes: [],
          texts: [],
          attributes: [{ id: 5, attributes: { onclick: 'x()' } }],
        },
      ],
    ],
    [
      'a text that a mutation changes',
      'text',
      [{ type: 'mutation', at, adds: [], removes: [], attributes: [], texts: [{ id: 5, value: '4111111111111111' }] }],
    ],
  ])('sets aside %s', (_, reason, records) => {
    expect(inspect(records)).toBe(reason)
  })

  it('lets entries pass that the settings allow, and no others', () => {
    const typed = (value: string): ReplayRecord[] => [{ type: 'input', at, node: 5, text: value, checked: true }]
    const on = { recordFormInputs: true }
    expect(inspect(typed('two doors'), on)).toBeUndefined()
    expect(inspect(typed('ada@example.com'), on)).toBe('input-value')
    expect(inspect(typed('ada@example.com'), { ...on, recordEmails: true })).toBeUndefined()
    expect(inspect(typed('4242 4242 4242 4242'), { ...on, recordEmails: true, recordNumbers: true })).toBe(
      'input-value',
    )
  })

  it('sets aside what tells of an excluded page', () => {
    const excludedPages = ['/shelf/*']
    expect(inspect([aPageAt(page)], { excludedPages })).toBe('page-url')
    expect(inspect([{ type: 'navigation', at, url: `${page}/secret` }], { excludedPages })).toBe('page-url')
    expect(inspect([aPageAt('https://shop.example/')], { excludedPages })).toBeUndefined()
  })

  it('knows the place of a node that a mutation adds below a control', () => {
    const add: ReplayRecord = {
      type: 'mutation',
      at,
      adds: [{ parentId: 10, nextId: null, node: text('Ada') }],
      removes: [],
      texts: [],
      attributes: [],
    }
    expect(inspect([...showing(element('select', {})), add])).toBe('input-value')
    expect(inspect([...showing(element('p', {})), add])).toBeUndefined()
  })

  it('lets pass what a careful recorder tells', () => {
    const records = showing(
      element('a', { href: 'https://shop.example/doors/:id', class: 'link' }, [text('Doors at 19,90 €')]),
      element('input', { type: 'text', value: '•••••', placeholder: '•••••' }),
      element('style', { _cssText: '.link { color: teal; background: url("https://shop.example/a.png"); }' }),
      element('img', {
        src: 'https://shop.example/door.png',
        srcset: 'https://shop.example/2.png 2x',
        rr_width: '20px',
      }),
      element('div', { style: 'width: 10px;', 'data-state': 'open' }),
    )
    expect(inspect(records)).toBeUndefined()
  })

  it('takes nesting as deep as a payload may have', () => {
    let node = text('down here')
    for (let depth = 0; depth < 5000; depth++) node = element('div', {}, [node])
    expect(inspect(showing(node))).toBeUndefined()
  })
})
