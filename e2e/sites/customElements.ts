import { callPage } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const BODY = `
<x-counter count="2"></x-counter>
<button is="x-button">built-in, extended</button>
<x-later label="upgraded later">raw content</x-later>
<form><x-field name="field" value="3"></x-field><input name="plain" value="p"></form>
<x-tabs><x-tab name="One">First</x-tab><x-tab name="Two">Second</x-tab></x-tabs>
<unknown-tag>no definition, ever</unknown-tag>
<x-émotion-😍>a name beyond ASCII</x-émotion-😍>`

const SCRIPT = `
customElements.define('x-counter', class extends HTMLElement {
  static observedAttributes = ['count']
  attributeChangedCallback() { this.textContent = 'Counted to ' + this.getAttribute('count') }
  connectedCallback() { this.onclick = () => this.setAttribute('count', Number(this.getAttribute('count')) + 1) }
  disconnectedCallback() { this.dataset.left = 'once' }
})
customElements.define('x-button', class extends HTMLButtonElement { connectedCallback() { this.classList.add('ready') } }, { extends: 'button' })
customElements.define('x-field', class extends HTMLElement {
  static formAssociated = true
  internals = this.attachInternals()
  connectedCallback() { this.internals.states.add('filled'); this.internals.ariaLabel = 'field'; this.attachShadow({ mode: 'open' }).innerHTML = '<input value="shadowed value"><output>3</output>' }
})
customElements.define('x-tabs', class extends HTMLElement {
  connectedCallback() {
    const list = document.createElement('nav')
    for (const tab of [...this.children]) { const button = document.createElement('button'); button.textContent = tab.getAttribute('name'); button.onclick = () => this.show(tab); list.append(button) }
    this.prepend(list); this.show(this.children[1])
  }
  show(chosen) { for (const tab of this.querySelectorAll('x-tab')) tab.hidden = tab !== chosen }
})
function defineLater() {
  customElements.define('x-later', class extends HTMLElement { connectedCallback() { this.innerHTML = '<b>' + this.getAttribute('label') + '</b>' } })
}
function moveAndClone() {
  const counter = document.querySelector('x-counter')
  document.body.append(counter); document.body.prepend(counter.cloneNode(true))
  document.querySelector('form').append(document.createElement('x-counter'))
}
function replaceMany() { document.querySelector('x-tabs').replaceWith(...Array.from({ length: 5 }, (_, index) => { const counter = document.createElement('x-counter'); counter.setAttribute('count', index); return counter })) }`

export const customElements: TestSite = {
  name: 'custom elements',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({
      title: 'Custom elements',
      snippet,
      head: '<style>x-later:not(:defined) { opacity: .4 } x-later:defined { color: rgb(31, 74, 69) } x-field:state(filled) { outline: 1px solid rgb(200, 85, 61) } .ready { font-weight: 700 }</style>',
      body: BODY,
      script: SCRIPT,
    }),
  }),
  steps: [
    {
      name: 'clicks through',
      async run(page) {
        await page.locator('x-counter').click()
        await page.getByRole('button', { name: 'Two' }).click()
      },
    },
    { name: 'defines an element later', run: callPage('defineLater') },
    { name: 'moves and clones', run: callPage('moveAndClone') },
    { name: 'replaces one by many', run: callPage('replaceMany') },
  ],
}
