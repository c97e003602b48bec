import { finishes, findProduct, pictureOf, products } from '../catalogue.js'
import { formatAgo, language, say } from '../words.js'

const OPEN_MS = 3200
const NEXT_ORDER_MS = 4000
const SHOWN_ORDERS = 9
const PLACES = [
  'Honfleur',
  'Saint-Malo',
  'Arles',
  'Ghent',
  'Colmar',
  'Bath',
  'Utrecht',
  'Annecy',
  'Porto',
  'Lille',
  'Cork',
  'Sète',
]

knockAtTheDoor()
moveShelves()
listOrders()

function knockAtTheDoor() {
  const knocker = document.querySelector('.knock')
  const window = document.querySelector('.vasistas')
  const sound = document.querySelector('.sound')
  let closing
  const knock = () => {
    restart(knocker, 'data-swing')
    restart(sound, 'data-on')
    window.setAttribute('data-open', '')
    clearTimeout(closing)
    closing = setTimeout(() => window.removeAttribute('data-open'), OPEN_MS)
  }
  knocker.addEventListener('click', knock)
  knocker.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    knock()
  })
}

/** A finite animation that is named by an attribute, from its beginning. */
function restart(element, attribute) {
  element.removeAttribute(attribute)
  element.getBoundingClientRect()
  element.setAttribute(attribute, '')
}

function moveShelves() {
  const shelf = document.querySelector('.shelf')
  for (const button of document.querySelectorAll('[data-shelf]')) {
    button.addEventListener('click', () => {
      shelf.scrollBy({ left: Number(button.dataset.shelf) * shelf.clientWidth * 0.8, behavior: 'smooth' })
    })
  }
}

/** Orders that nobody placed, one every few seconds: the page is never quite still. */
function listOrders() {
  const list = document.querySelector('.live-list')
  const now = Date.now()
  for (let index = SHOWN_ORDERS - 1; index >= 0; index--) list.prepend(drawOrder(index, now - index * 41_000))
  showAges(list)
  let next = SHOWN_ORDERS
  setInterval(() => {
    const order = drawOrder(next++, Date.now())
    order.setAttribute('data-fresh', '')
    list.prepend(order)
    list.lastElementChild.remove()
    showAges(list)
  }, NEXT_ORDER_MS)
}

function drawOrder(index, at) {
  const product = products[(index * 5 + 2) % products.length]
  const finish = product.finishes[index % product.finishes.length]
  const item = document.createElement('li')
  const image = new Image(48, 48)
  image.src = pictureOf(product.id, finish)
  image.alt = ''
  const words = document.createElement('span')
  const detail = document.createElement('small')
  detail.textContent = say(
    `${finishes[finish].name.fr.toLowerCase()}, part pour ${PLACES[index % PLACES.length]}`,
    `${finishes[finish].name.en.toLowerCase()}, leaves for ${PLACES[index % PLACES.length]}`,
  )
  words.append(findProduct(product.id).name[language], detail)
  const time = document.createElement('time')
  time.dateTime = new Date(at).toISOString()
  item.append(image, words, time)
  return item
}

function showAges(list) {
  for (const time of list.querySelectorAll('time')) {
    time.textContent = formatAgo(Math.round((Date.now() - Date.parse(time.dateTime)) / 1000))
  }
}
