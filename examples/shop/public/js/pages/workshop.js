import { addToCart } from '../cart.js'
import { finishes, findProduct } from '../catalogue.js'
import { createDoor } from '../door.js'
import { showToast } from '../toast.js'
import { formatPrice, language, root, say } from '../words.js'

const PAINTS = [
  ['#1f5a50', say('Vert bouteille', 'Bottle green')],
  ['#8d3b2f', say('Rouge brique', 'Brick red')],
  ['#2f5a86', say('Bleu marée', 'Tide blue')],
  ['#dba93e', say('Moutarde', 'Mustard')],
  ['#5b4a7a', say('Prune', 'Plum')],
  ['#c8553d', say('Corail', 'Coral')],
  ['#2b2f31', say('Encre', 'Ink')],
  ['#d9cfbb', say('Lin', 'Linen')],
]
const KNOCKERS = ['fox', 'ring', 'bee']
const HANDLES = ['pebble', 'comma']

/** The steps are routes: each has an address, and back and forward walk through them. */
const STEPS = [
  { path: '', name: say('Peinture', 'Paint'), draw: drawPaintStep },
  { path: '/knocker', name: say('Heurtoir', 'Knocker'), draw: () => drawThingStep('knocker', KNOCKERS) },
  { path: '/handle', name: say('Poignée', 'Handle'), draw: () => drawThingStep('handle', HANDLES) },
  { path: '/number', name: say('Numéro', 'Number'), draw: drawNumberStep },
  { path: '/summary', name: say('Récit', 'Summary'), draw: drawSummaryStep },
]
const BASE = `${root}/workshop`

const state = {
  paint: '#1f5a50',
  glazed: false,
  knocker: { id: 'fox', finish: 'brass' },
  handle: { id: 'pebble', finish: 'brass' },
  letters: undefined,
  number: '27',
  plateColour: '#27508f',
}

const door = createDoor(document.querySelector('.scene'))
const bench = document.querySelector('.bench-step')
const [back, next] = document.querySelectorAll('[data-go]')

addEventListener('popstate', show)
back.addEventListener('click', () => goTo(stepIndex() - 1))
next.addEventListener('click', () => (stepIndex() === STEPS.length - 1 ? buyAll() : goTo(stepIndex() + 1)))
show()

function stepIndex() {
  return Math.max(
    0,
    STEPS.findIndex(({ path }) => location.pathname.replace(/\/$/, '') === BASE + path),
  )
}

function goTo(index) {
  history.pushState({}, '', BASE + STEPS[index].path)
  show()
}

function show() {
  const index = stepIndex()
  document.title = `${STEPS[index].name} · Clenche`
  drawSteps(index)
  bench.replaceChildren(...parse(STEPS[index].draw()))
  back.disabled = index === 0
  next.textContent =
    index === STEPS.length - 1 ? say('Tout mettre au panier', 'Put it all in the basket') : say('Suite', 'Next')
  bench.querySelector('form')?.addEventListener('input', readStep)
  update()
}

function drawSteps(current) {
  const links = STEPS.map(({ path, name }, index) => {
    const link = document.createElement('a')
    link.href = BASE + path
    link.textContent = name
    if (index === current) link.setAttribute('aria-current', 'step')
    link.addEventListener('click', (event) => {
      event.preventDefault()
      goTo(index)
    })
    return link
  })
  document.querySelector('.steps').replaceChildren(...links)
}

function readStep({ currentTarget: form }) {
  const data = new FormData(form)
  if (data.has('paint')) state.paint = data.get('paint')
  if (form.elements['own-paint'] && document.activeElement === form.elements['own-paint'])
    state.paint = data.get('own-paint')
  if (form.elements.glazed) state.glazed = data.has('glazed')
  if (form.elements.letters) state.letters = data.has('letters') ? { id: 'missive', finish: 'brass' } : undefined
  for (const kind of ['knocker', 'handle']) {
    if (!form.elements[kind]) continue
    const [id, finish] = data.get(kind).split(' ')
    state[kind] = id ? { id, finish } : undefined
  }
  if (form.elements.number) state.number = data.get('number').trim()
  if (data.has('plate')) state.plateColour = data.get('plate')
  update()
}

function update() {
  door.show(state)
  const total = chosenThings().reduce((sum, { id }) => sum + findProduct(id).cents, 0)
  document.querySelector('.bench-total').textContent = formatPrice(total)
}

function chosenThings() {
  const plate = state.number && { id: 'faubourg', finish: 'enamel', note: state.number }
  return [state.knocker, state.handle, state.letters, plate].filter(Boolean)
}

function drawPaintStep() {
  const choices = PAINTS.map(
    ([colour, name]) =>
      `<label class="paint" style="--paint: ${colour}"><input type="radio" name="paint" value="${colour}"${
        state.paint === colour ? ' checked' : ''
      }><span class="pot"></span>${name}</label>`,
  )
  return `<h1>${say('De quelle couleur ?', 'Which colour?')}</h1><form><div class="paints">${choices.join('')}</div>
    <div class="inline"><label class="check">${say('Ou la vôtre', 'Or your own')} <input type="color" name="own-paint" value="${state.paint}"></label>
    <label class="check"><input type="checkbox" name="glazed"${state.glazed ? ' checked' : ''}> ${say('avec une vitre', 'with a pane of glass')}</label></div></form>`
}

function drawThingStep(kind, ids) {
  const chosen = state[kind]
  const choices = ids.flatMap((id) =>
    findProduct(id).finishes.map((finish) => {
      const checked = chosen?.id === id && chosen.finish === finish ? ' checked' : ''
      return `<label class="thing"><input type="radio" name="${kind}" value="${id} ${finish}"${checked}><img src="/images/loose/${id}-${finish}.webp" width="120" height="120" alt="">
        <span>${findProduct(id).name[language]}<small>${finishes[finish].name[language]}</small></span></label>`
    }),
  )
  const none = `<label class="thing none"><input type="radio" name="${kind}" value=""${chosen ? '' : ' checked'}><span>${say('Aucun', 'None')}</span></label>`
  const letters = `<label class="check"><input type="checkbox" name="letters"${state.letters ? ' checked' : ''}> ${say('et une entrée de lettres', 'and a letter plate')}</label>`
  return `<h1>${kind === 'knocker' ? say('Qui frappe ?', 'Who knocks?') : say('Qui ouvre ?', 'Who opens?')}</h1>
    <form><div class="things">${choices.join('')}${none}</div>${kind === 'handle' ? letters : ''}</form>`
}

function drawNumberStep() {
  const plates = [
    ['#27508f', say('bleu', 'blue')],
    ['#4a4d50', say('fonte', 'iron')],
    ['#c0523c', say('corail', 'coral')],
  ].map(
    ([colour, name]) =>
      `<label class="swatch-choice"><input type="radio" name="plate" value="${colour}"${state.plateColour === colour ? ' checked' : ''}><span class="swatch" style="--finish: ${colour}"></span>${name}</label>`,
  )
  return `<h1>${say('À quel numéro ?', 'At which number?')}</h1><form class="stack tight"><div class="field"><label for="number">${say('Numéro', 'Number')}</label>
    <input id="number" name="number" maxlength="5" autocomplete="off" value="${state.number.replaceAll('"', '&quot;')}"></div><div class="swatches">${plates.join('')}</div></form>`
}

function drawSummaryStep() {
  const rows = chosenThings().map(
    ({ id, finish }) =>
      `<tr><td><img src="/images/products/${id}-${finish}.webp" width="56" height="56" alt=""></td><td>${findProduct(id).name[language]}<br><small class="muted">${finishes[finish].name[language]}</small></td><td class="number">${formatPrice(findProduct(id).cents)}</td></tr>`,
  )
  return `<h1>${say('Quelle allure !', 'What a door!')}</h1><table class="chosen"><tbody>${rows.join('')}</tbody></table>`
}

function buyAll() {
  for (const { id, finish, note } of chosenThings()) addToCart(id, finish, 1, note)
  showToast(say('Toute la porte est au panier, sauf la porte.', 'All of the door is in your basket, except the door.'))
}

function parse(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.childNodes
}
