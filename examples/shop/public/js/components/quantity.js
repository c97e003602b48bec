import { say } from '../words.js'

const sheet = new CSSStyleSheet()
sheet.replaceSync(`
  :host { display: inline-flex; align-items: center; border: 1px solid var(--line); border-radius: 99px; background: var(--card); }
  button { width: 2.5rem; height: 2.5rem; border: 0; border-radius: 50%; background: none; color: inherit; font: 500 1.1rem/1 var(--sans); cursor: pointer; }
  button:hover { background: var(--paper-2); }
  output { min-width: 1.6rem; text-align: center; font-weight: 600; font-variant-numeric: tabular-nums; }
`)

/** A number with a minus and a plus: `<clenche-quantity value="1" min="1">`, a form control of its own. */
class Quantity extends HTMLElement {
  static formAssociated = true
  static observedAttributes = ['value']
  #internals = this.attachInternals()

  get value() {
    return Number(this.getAttribute('value') ?? 1)
  }

  set value(count) {
    this.setAttribute('value', String(count))
  }

  connectedCallback() {
    if (this.shadowRoot) return
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    root.innerHTML = `<button type="button" data-step="-1" aria-label="${say('Un de moins', 'One less')}">−</button>
      <output></output><button type="button" data-step="1" aria-label="${say('Un de plus', 'One more')}">+</button>`
    root.addEventListener('click', (event) => this.step(Number(event.target.dataset?.step ?? 0)))
    this.show()
  }

  attributeChangedCallback() {
    this.show()
  }

  step(by) {
    const lowest = Number(this.getAttribute('min') ?? 0)
    const next = Math.min(99, Math.max(lowest, this.value + by))
    if (next === this.value) return
    this.value = next
    this.dispatchEvent(new Event('change', { bubbles: true }))
  }

  show() {
    this.#internals.setFormValue(String(this.value))
    const output = this.shadowRoot?.querySelector('output')
    if (output) output.value = String(this.value)
  }
}

customElements.define('clenche-quantity', Quantity)
