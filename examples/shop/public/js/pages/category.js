import { formatPrice, language } from '../words.js'

const form = document.querySelector('.filters')
const shelf = document.querySelector('.cards')
const cards = [...shelf.children]
const collator = new Intl.Collator(language)

const ORDERS = {
  shelf: (one, other) => cards.indexOf(one) - cards.indexOf(other),
  up: (one, other) => one.dataset.cents - other.dataset.cents,
  down: (one, other) => other.dataset.cents - one.dataset.cents,
  name: (one, other) => collator.compare(nameOf(one), nameOf(other)),
}

form.addEventListener('input', showMatching)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => queueMicrotask(showMatching))
showMatching()

function showMatching() {
  const { highest, order } = form.elements
  const finishes = new FormData(form).getAll('finish')
  form.querySelector('.filter-price').value = formatPrice(highest.value * 100)
  const matching = cards.filter(({ dataset }) => {
    const has = finishes.length === 0 || finishes.some((finish) => dataset.finishes.split(' ').includes(finish))
    return has && dataset.cents <= highest.value * 100
  })
  for (const card of cards) card.hidden = !matching.includes(card)
  for (const card of matching) showFinish(card, finishes)
  shelf.append(...matching.toSorted(ORDERS[order.value]))
  document.querySelector('.shown').value = String(matching.length)
  document.querySelector('.none').hidden = matching.length > 0
}

/** A card shows itself in the finish that was asked for. */
function showFinish(card, wanted) {
  const finishes = card.dataset.finishes.split(' ')
  const finish = finishes.find((name) => wanted.includes(name)) ?? finishes[0]
  if (card.getAttribute('finish') === finish) return
  card.setAttribute('finish', finish)
  card.querySelector('img').src = `/images/products/${card.getAttribute('product')}-${finish}.webp`
}

function nameOf(card) {
  return card.querySelector('[slot=name]').textContent
}
