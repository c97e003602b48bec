import { say } from '../words.js'

const ANSWER_MS = 1200
const form = document.querySelector('.ask')
const thread = document.querySelector('.thread')

form.elements.message.addEventListener('input', ({ target }) => {
  const words = target.value.trim().split(/\s+/).filter(Boolean).length
  form.querySelector('.ask-count').value = words ? say(`${words} mots`, `${words} words`) : ''
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  const name = form.elements.name.value.trim()
  addToThread('visitor', form.elements.message.value)
  form.hidden = true
  thread.hidden = false
  setTimeout(() => {
    addToThread(
      'shop',
      say(
        `Merci, ${name}. Nous répondons d’ici la prochaine marée haute.`,
        `Thank you, ${name}. We answer before the next high tide.`,
      ),
    )
  }, ANSWER_MS)
})

function addToThread(author, text) {
  const item = document.createElement('li')
  item.className = author
  item.textContent = text
  thread.append(item)
}
