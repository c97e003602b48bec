import { formatPrice, say } from '../words.js'

const order = JSON.parse(sessionStorage.getItem('clenche.order') ?? 'null')
if (order) showOrder(order)

/** Says back what was typed at the checkout, as shops do. */
function showOrder({ name, email, city, count, total }) {
  document.querySelector('.thanks-name').textContent = say(`Merci, ${name} !`, `Thank you, ${name}!`)
  const words = { email, city, count: String(count), total: formatPrice(total) }
  for (const cell of document.querySelectorAll('[data-order]')) cell.textContent = words[cell.dataset.order]
  document.querySelector('.receipt').hidden = false
}
