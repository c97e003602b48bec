import { addToCart } from '../cart.js'
import { pictureOf } from '../catalogue.js'
import { showToast } from '../toast.js'
import { say } from '../words.js'

const product = document.querySelector('[data-product]').dataset.product
const form = document.querySelector('.buy')

chooseFinish()
countEngraving()
openGuide()
form.addEventListener('submit', buy)

function chooseFinish() {
  const main = document.querySelector('.gallery-main')
  const show = () => {
    const finish = form.elements.finish.value
    main.src = pictureOf(product, finish)
    for (const thumbnail of document.querySelectorAll('.thumbnail')) {
      thumbnail.setAttribute('aria-pressed', String(thumbnail.dataset.finishPicture === finish))
    }
  }
  form.addEventListener('change', show)
  for (const thumbnail of document.querySelectorAll('.thumbnail')) {
    thumbnail.addEventListener('click', () => {
      form.elements.finish.value = thumbnail.dataset.finishPicture
      show()
    })
  }
  show()
}

function countEngraving() {
  const { engraving } = form.elements
  engraving.addEventListener('input', () => {
    form.querySelector('.engraving-count').value = `${engraving.value.length} / ${engraving.maxLength}`
  })
}

/** The guide is a page of its own, loaded when somebody first wants it. */
function openGuide() {
  const dialog = document.querySelector('.guide')
  const frame = dialog.querySelector('iframe')
  form.querySelector('[data-open-guide]').addEventListener('click', () => {
    if (!frame.src) frame.src = frame.dataset.src
    dialog.showModal()
  })
}

function buy(event) {
  event.preventDefault()
  const { finish, engraving } = form.elements
  addToCart(product, finish.value, form.querySelector('clenche-quantity').value, engraving.value.trim())
  showToast(say('C’est au panier.', 'It is in your basket.'), pictureOf(product, finish.value))
}
