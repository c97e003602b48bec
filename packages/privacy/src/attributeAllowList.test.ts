import { describe, expect, it } from 'vitest'
import { keepAttributeValue } from './attributeAllowList.ts'

describe('keepAttributeValue', () => {
  it.each([
    ['body', 'text', '#333366'],
    ['stop', 'stop-color', '#123456'],
    ['td', 'bgcolor', '#fff'],
    ['path', 'fill', 'var(--paint)'],
    ['img', 'width', '120'],
  ])('keeps <%s %s="%s">', (tagName, name, value) => {
    expect(keepAttributeValue(tagName, name, value)).toBe(true)
  })

  it.each([
    ['body', 'text', '#3333667'],
    ['td', 'bgcolor', '061239981122'],
    ['a', 'onclick', 'x'],
    ['div', 'data-user', 'anna@shop.example'],
    ['div', 'aria-label', 'Anna'],
    ['data', 'value', '4242424242424242'],
  ])('drops <%s %s="%s">', (tagName, name, value) => {
    expect(keepAttributeValue(tagName, name, value)).toBe(false)
  })
})
