import './components/card.js'
import './components/quantity.js'
import { readCart, totalsOf } from './cart.js'
import { products } from './catalogue.js'
import { addFinishRules } from './finishes.js'
import { showToast } from './toast.js'
import { language, root, say } from './words.js'

// What every page of the shop does.
addFinishRules()
markPlace()
trackHeader()
showCount()
offerSearch()
thankForLetters()
document.addEventListener('cart:changed', showCount)

function markPlace() {
  for (const link of document.querySelectorAll('.nav a')) {
    const path = new URL(link.href).pathname
    if (location.pathname === path || location.pathname.startsWith(`${path}/`))
      link.setAttribute('aria-current', 'page')
  }
}

function trackHeader() {
  const head = document.querySelector('.head')
  const update = () => head.toggleAttribute('data-stuck', scrollY > 40)
  addEventListener('scroll', update, { passive: true })
  update()
}

function showCount() {
  const badge = document.querySelector('.cart-count')
  const { count } = totalsOf(readCart())
  badge.value = String(count)
  badge.hidden = count === 0
}

function offerSearch() {
  const form = document.querySelector('.search')
  const ideas = form.querySelector('datalist')
  for (const { name } of products) ideas.append(new Option(name[language]))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const words = form.elements.q.value.trim().toLowerCase()
    const found =
      words && products.find(({ name, line }) => `${name[language]} ${line[language]}`.toLowerCase().includes(words))
    if (found) location.assign(`${root}/product/${found.id}`)
    else showToast(say('Rien de ce nom sur l’établi.', 'Nothing of that name on the bench.'))
  })
}

function thankForLetters() {
  const form = document.querySelector('[data-form=letter]')
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    form.querySelector('output').value = say('Merci ! À la prochaine saison.', 'Thank you! See you next season.')
    form.reset()
  })
}
