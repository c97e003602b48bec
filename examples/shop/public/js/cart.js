import { findProduct } from './catalogue.js'

const KEY = 'clenche.cart'
const FREE_DELIVERY_CENTS = 6000
const DELIVERY_CENTS = 590

/** What is in the basket: `{ id, finish, count, note? }`, one line per product and finish. */
export function readCart() {
  try {
    const lines = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return lines.filter(({ id, count }) => findProduct(id) && count > 0)
  } catch {
    return [] // storage is forbidden or was written by somebody else: an empty basket
  }
}

export function addToCart(id, finish, count = 1, note = '') {
  const lines = readCart()
  const same = lines.find((line) => line.id === id && line.finish === finish && line.note === note)
  if (same) same.count += count
  else lines.push({ id, finish, count, note })
  writeCart(lines)
  window.vasistas?.('event', 'added to basket', { product: id, count })
}

export function setCount(index, count) {
  const lines = readCart()
  if (lines[index]) lines[index].count = count
  writeCart(lines.filter((line) => line.count > 0))
}

export function emptyCart() {
  writeCart([])
}

export function totalsOf(lines) {
  const goods = lines.reduce((sum, { id, count }) => sum + findProduct(id).cents * count, 0)
  const delivery = goods === 0 || goods >= FREE_DELIVERY_CENTS ? 0 : DELIVERY_CENTS
  return { count: lines.reduce((sum, line) => sum + line.count, 0), goods, delivery, total: goods + delivery }
}

function writeCart(lines) {
  sessionStorage.setItem(KEY, JSON.stringify(lines))
  document.dispatchEvent(new CustomEvent('cart:changed'))
}
