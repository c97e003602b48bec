import { showToast } from '../toast.js'
import { say } from '../words.js'

const CALLS = {
  grant: ['consent:grant', { recording: true }],
  withdraw: ['consent:withdraw'],
  erase: ['consent:withdraw', { erase: true }],
}

// The buttons call the same functions that any site can.
for (const button of document.querySelectorAll('[data-consent]')) {
  button.addEventListener('click', () => {
    window.vasistas?.(...CALLS[button.dataset.consent])
    showToast(
      window.vasistas ? say('C’est noté.', 'Noted.') : say('Rien n’est installé ici.', 'Nothing is installed here.'),
    )
  })
}
