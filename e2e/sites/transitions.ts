import { callPage } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const HEAD = `<style>
  .box { width: 60px; height: 60px; margin: 8px; background: #1f4a45; transition: transform .25s, background-color .25s, opacity .25s }
  .box.moved { transform: translateX(180px) rotate(20deg); background: #c8553d } .box.faded { opacity: .3 }
  .play { animation: slide .3s ease-out both } @keyframes slide { from { translate: -40px 0; opacity: 0 } to { translate: 20px 0; opacity: 1 } }
  .open { height: 120px } .twice { animation: slide .1s 2 alternate }
  @starting-style { .born { opacity: 0 } }
</style>`

const SCRIPT = `
const [first, second, third] = document.querySelectorAll('.box')
const ended = (element) => Promise.allSettled(element.getAnimations().map(({ finished }) => finished))
function move() { first.classList.add('moved'); second.classList.add('faded'); return ended(first) }
function turnBackMidway() { first.classList.remove('moved'); requestAnimationFrame(() => first.classList.add('moved')); return ended(first) }
function play() { third.classList.add('play'); return ended(third) }
function bear() { const box = document.createElement('div'); box.className = 'box born twice'; document.body.append(box); return ended(box) }
async function animateByScript() {
  const animation = second.animate([{ width: '60px' }, { width: '160px' }], { duration: 150, fill: 'forwards' })
  await animation.finished; animation.commitStyles(); animation.cancel()
}
async function stepByHand() { for (let step = 0; step <= 20; step++) { third.style.marginLeft = step * 5 + 'px'; await new Promise((resolve) => requestAnimationFrame(resolve)) } }
async function viewTransition() { await document.startViewTransition(() => { first.replaceWith(document.createElement('hr')) }).finished }`

export const transitions: TestSite = {
  name: 'transitions',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({
      title: 'Transitions',
      snippet,
      head: HEAD,
      body: '<div class="box"></div><div class="box"></div><div class="box"></div>',
      script: SCRIPT,
    }),
  }),
  steps: [
    { name: 'moves by class', run: callPage('move') },
    { name: 'turns back midway', run: callPage('turnBackMidway') },
    { name: 'plays keyframes', run: callPage('play') },
    { name: 'gives birth to an animated box', run: callPage('bear') },
    { name: 'animates by script and keeps the result', run: callPage('animateByScript') },
    { name: 'moves frame by frame', run: callPage('stepByHand') },
    { name: 'replaces a box in a view transition', run: callPage('viewTransition') },
  ],
}
