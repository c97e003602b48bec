import { addToCart } from '../cart.js'
import { pictureOf } from '../catalogue.js'
import { showToast } from '../toast.js'
import { say } from '../words.js'

/** One sheet for all cards, adopted by each shadow root. */
const sheet = new CSSStyleSheet()
sheet.replaceSync(`
  :host { display: block; height: 100%; }
  article { display: flex; flex-direction: column; height: 100%; }
  .frame { position: relative; overflow: hidden; aspect-ratio: 1; border-radius: 14px; background: var(--paper-2); }
  .frame ::slotted(a) { display: block; height: 100%; transition: transform .5s; }
  :host(:hover) .frame ::slotted(a) { transform: scale(1.04); }
  .badge { position: absolute; inset: .75rem auto auto .75rem; pointer-events: none; }
  .badge ::slotted(span) { padding: .15rem .7rem; border-radius: 99px; background: #fff6df; color: #6b4708; font-size: .78rem; font-weight: 600; }
  .words { flex: 1; display: grid; grid-template-columns: 1fr auto; gap: .15rem .75rem; align-content: start; padding: .85rem .15rem 0; }
  .line { grid-column: 1 / -1; color: var(--ink-2); font-size: .92rem; line-height: 1.4; }
  .price { font-weight: 600; font-variant-numeric: tabular-nums; }
  button { align-self: flex-start; margin-top: .7rem; padding: .45rem 1.05rem; border: 1px solid var(--line); border-radius: 99px;
    background: var(--card); color: inherit; font: 600 .88rem/1.3 var(--sans); cursor: pointer; transition: background-color .15s, color .15s; }
  button:hover, button:focus-visible { background: var(--door); border-color: var(--door); color: var(--on-door); }
  @media (max-width: 560px) { .words { grid-template-columns: 1fr; } .price { order: 1; margin-top: .3rem; } .line { font-size: .85rem; } }
`)

/** A product on a shelf: the page gives picture, name, line and price, the card gives the frame and puts it into the basket. */
class Card extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    root.innerHTML = `<article>
      <div class="frame"><slot name="picture"></slot><div class="badge"><slot name="badge"></slot></div></div>
      <div class="words"><slot name="name"></slot><div class="price"><slot name="price"></slot></div><div class="line"><slot name="line"></slot></div></div>
      <button type="button" part="add">${say('Au panier', 'Add to basket')}</button>
    </article>`
    root.querySelector('button').addEventListener('click', () => this.add())
  }

  add() {
    const { product, finish } = { product: this.getAttribute('product'), finish: this.getAttribute('finish') }
    const name = this.querySelector('[slot=name]').textContent
    addToCart(product, finish)
    showToast(say(`${name} est au panier.`, `${name} is in your basket.`), pictureOf(product, finish))
  }
}

customElements.define('clenche-card', Card)
