import { readCart, setCount, totalsOf } from '../cart.js'
import { finishes, findProduct, pictureOf } from '../catalogue.js'
import { formatPrice, language, root, say } from '../words.js'

const body = document.querySelector('.lines tbody')

show()
document.addEventListener('cart:changed', show)
body.addEventListener('change', (event) =>
  setCount(Number(event.target.closest('tr').dataset.index), event.target.value),
)
body.addEventListener('click', (event) => {
  if (event.target.matches('.remove')) setCount(Number(event.target.closest('tr').dataset.index), 0)
})
document.querySelector('.estimate').addEventListener('click', estimateArrival)

// The button `.apply-coupon` is dead on purpose: it is there to be clicked in anger (README.md, "Broken on purpose").

function show() {
  const lines = readCart()
  const totals = totalsOf(lines)
  document.querySelector('.cart-page').hidden = lines.length === 0
  document.querySelector('.empty-cart').hidden = lines.length > 0
  body.replaceChildren(...lines.map(drawLine))
  for (const cell of document.querySelectorAll('[data-total]')) {
    const cents = totals[cell.dataset.total]
    cell.textContent = cents === 0 ? say('offert', 'free') : formatPrice(cents)
  }
}

function drawLine({ id, finish, count, note }, index) {
  const product = findProduct(id)
  const row = document.createElement('tr')
  row.dataset.index = String(index)
  row.innerHTML = `<td><div class="line-thing"><img src="${pictureOf(id, finish)}" width="72" height="72" alt="">
      <div><a href="${root}/product/${id}"></a><small></small><em></em></div></div></td>
    <td><clenche-quantity value="${count}" min="0"></clenche-quantity><button class="link small remove" type="button">${say('retirer', 'remove')}</button></td>
    <td class="number">${formatPrice(product.cents * count)}</td>`
  row.querySelector('a').textContent = product.name[language]
  row.querySelector('small').textContent = finishes[finish].name[language]
  row.querySelector('em').textContent = note ? `« ${note} »` : ''
  return row
}

/** Broken on purpose: the carriers' table has no such entry, and the page says nothing while the console does. */
function estimateArrival() {
  const postcode = document.querySelector('#postcode').value.trim()
  const carriers = { 75: { days: 1 }, 76: { days: 1 } }
  const { days } = carriers[`zone-${postcode.slice(0, 2)}`]
  document.querySelector('.estimate-result').value = say(`Dans ${days} jours.`, `In ${days} days.`)
}
