import { offerShowPassword } from '../password.js'
import { say } from '../words.js'

const form = document.querySelector('.account')
const note = form.querySelector('.account-save output')
const SLEEP = say(
  ['de plomb', 'lourd', 'moyen', 'léger', 'de chat'],
  ['like lead', 'heavy', 'average', 'light', 'like a cat'],
)

offerShowPassword()
document.querySelector('.account-login').textContent =
  sessionStorage.getItem('clenche.login') ?? say('Visite libre', 'Free visit')
form.elements.loud.addEventListener('input', ({ target }) => {
  form.querySelector('output[for=loud]').value = SLEEP[target.value - 1]
})
form.elements.password.addEventListener('input', ({ target }) => {
  form.querySelector('.strength').value = strengthOf(target.value)
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  const name = form.elements['full-name'].value.trim()
  note.value = name ? say(`C’est noté, ${name}.`, `Noted, ${name}.`) : say('C’est noté.', 'Noted.')
})
form.addEventListener('reset', () => {
  note.value = ''
})

/** 0 to 4: long and varied is strong. Enough for a shop that keeps nothing. */
function strengthOf(password) {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(password)).length
  return password.length < 8 ? Math.min(1, password.length) : Math.min(4, kinds + (password.length > 14 ? 1 : 0))
}
