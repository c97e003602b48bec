import { emptyCart, readCart, totalsOf } from '../cart.js'
import { findProduct, pictureOf } from '../catalogue.js'
import { offerShowPassword } from '../password.js'
import { formatPrice, language, root, say } from '../words.js'

const form = document.querySelector('.checkout')
const { elements } = form

showSummary()
offerShowPassword()
reveal('open-account', '.new-account')
reveal('gift', '.gift-note')
elements.day.min = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
elements['cc-number'].addEventListener('input', groupDigits)
elements['cc-exp'].addEventListener('input', slashExpiry)
form.addEventListener('submit', order)

function showSummary() {
  const lines = readCart()
  const totals = totalsOf(lines)
  document.querySelector('.summary-lines').replaceChildren(...lines.map(drawLine))
  for (const cell of document.querySelectorAll('[data-total]')) {
    const cents = totals[cell.dataset.total]
    cell.textContent = cents === 0 ? say('offert', 'free') : formatPrice(cents)
  }
  elements.basket.value = JSON.stringify(lines)
}

function drawLine({ id, finish, count }) {
  const item = document.createElement('li')
  const image = new Image(48, 48)
  image.src = pictureOf(id, finish)
  image.alt = ''
  const name = document.createElement('span')
  name.textContent = `${count} × ${findProduct(id).name[language]}`
  const price = document.createElement('span')
  price.textContent = formatPrice(findProduct(id).cents * count)
  item.append(image, name, price)
  return item
}

function reveal(checkbox, selector) {
  elements[checkbox].addEventListener('change', () => {
    document.querySelector(selector).hidden = !elements[checkbox].checked
  })
}

function groupDigits({ target }) {
  target.value = target.value
    .replace(/\D/g, '')
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, '$1 ')
}

function slashExpiry({ target }) {
  const digits = target.value.replace(/\D/g, '').slice(0, 4)
  target.value = digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits
}

function order(event) {
  event.preventDefault()
  const { count, total } = totalsOf(readCart())
  const placed = { name: elements.given.value, email: elements.email.value, city: elements.city.value, count, total }
  sessionStorage.setItem('clenche.order', JSON.stringify(placed))
  window.vasistas?.('event', 'order placed', { things: count })
  emptyCart()
  location.assign(`${root}/thanks`)
}
