import { language, say } from '../words.js'

const form = document.querySelector('.booking')

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const { name, when } = form.elements
  const day = when.value
    ? new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(new Date(when.value))
    : say('bientôt', 'soon')
  form.querySelector('.form-note').value = say(
    `Merci ${name.value}, à ${day} !`,
    `Thank you ${name.value}, see you ${day}!`,
  )
})
