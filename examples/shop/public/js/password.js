import { say } from './words.js'

/** Buttons that show what was typed: `<button data-show-password="id-of-the-field">`. */
export function offerShowPassword() {
  for (const button of document.querySelectorAll('[data-show-password]')) {
    const field = document.getElementById(button.dataset.showPassword)
    button.setAttribute('aria-pressed', 'false')
    button.addEventListener('click', () => {
      const shows = field.type === 'password'
      field.type = shows ? 'text' : 'password'
      button.setAttribute('aria-pressed', String(shows))
      button.textContent = shows ? say('Cacher', 'Hide') : say('Montrer', 'Show')
    })
  }
}
