const frame = document.querySelector('.map')
const buttons = [...document.querySelectorAll('[data-town]')]

for (const button of buttons) button.addEventListener('click', () => choose(button.dataset.town))
frame.addEventListener('load', listen)
if (frame.contentDocument?.readyState === 'complete') listen()

/** The map is a page of the same origin: its pins choose a town here, and a choice here moves the map. */
function listen() {
  for (const pin of frame.contentDocument.querySelectorAll('[data-pin]')) {
    pin.addEventListener('click', () => choose(pin.dataset.pin))
  }
}

function choose(town) {
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.town === town))
  for (const pin of frame.contentDocument.querySelectorAll('[data-pin]')) {
    pin.toggleAttribute('data-chosen', pin.dataset.pin === town)
  }
}
