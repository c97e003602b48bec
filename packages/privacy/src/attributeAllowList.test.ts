import { describe, expect, it } from 'vitest'
import { keepAttributeValue } from './attributeAllowList.ts'

describe('keepAttributeValue', () => {
  it.each([
    ['body', 'text', '#333366'],
    ['stop', 'stop-color', '#123456'],
    ['td', 'bgcolor', '#fff'],
    ['path', 'fill', 'var(--paint)'],
    ['path', 'fill', 'var(--paint, #d2a048)'],
    ['x-card', 'theme', 'dark'],
    ['math', 'display', 'block'],
    ['img', 'width', '120'],
  ])('keeps <%s %s="%s">', (tagName, name, value) => {
    expect(keepAttributeValue(tagName, name, value)).toBe(true)
  })

  it.each([
    ['body', 'text', '#3333667'],
    ['td', 'bgcolor', '061239981122'],
    ['path', 'fill', 'var(--paint, anna)'],
    ['x-card', 'theme', 'Anna Smith'],
    ['a', 'onclick', 'x'],
    ['div', 'data-user', 'anna@shop.example'],
    ['div', 'aria-label', 'Anna'],
    ['data', 'value', '4242424242424242'],
  ])('drops <%s %s="%s">', (tagName, name, value) => {
    expect(keepAttributeValue(tagName, name, value)).toBe(false)
  })
})
