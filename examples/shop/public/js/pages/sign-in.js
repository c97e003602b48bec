import { offerShowPassword } from '../password.js'
import { root } from '../words.js'

const credentials = document.querySelector('.credentials')
const code = document.querySelector('.code')
const boxes = [...code.querySelectorAll('input')]

offerShowPassword()
credentials.addEventListener('submit', (event) => {
  event.preventDefault()
  sessionStorage.setItem('clenche.login', credentials.elements.login.value)
  credentials.hidden = true
  code.hidden = false
  boxes[0].focus()
})
code.addEventListener('submit', (event) => {
  event.preventDefault()
  location.assign(`${root}/account`)
})
for (const [index, box] of boxes.entries()) {
  box.addEventListener('input', () => {
    box.value = box.value.replace(/\D/g, '')
    if (box.value) boxes[index + 1]?.focus()
  })
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' && !box.value) boxes[index - 1]?.focus()
  })
  box.addEventListener('paste', (event) => {
    event.preventDefault()
    const digits = event.clipboardData.getData('text').replace(/\D/g, '')
    for (const [offset, other] of boxes.entries()) other.value = digits[offset] ?? ''
  })
}
