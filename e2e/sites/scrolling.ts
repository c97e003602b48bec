import type { ChromiumPage } from '@vasistas/testing'
import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const HEAD = `<style>
  body { margin: 0 } header { position: sticky; top: 0; padding: 1rem; background: #1f4a45; color: #fff; z-index: 1 }
  .areas { display: flex; gap: 1rem; padding: 1rem } .areas > * { width: 220px; height: 180px; overflow: auto; border: 1px solid #99a }
  .wide { display: flex; width: 900px } .wide i { flex: none; width: 150px } .snap { scroll-snap-type: x mandatory } .snap i { scroll-snap-align: start }
  .tall p { margin: 0; padding: .4rem } .outer .tall { height: 120px; overflow-y: scroll } .fixed { position: fixed; right: 1rem; bottom: 1rem; background: #ffe9b8 }
  td.sticky { position: sticky; left: 0; background: #fff }
</style>`
const LINES = Array.from({ length: 40 }, (_, index) => `<p>Line ${index + 1}</p>`).join('')
const CELLS = Array.from({ length: 8 }, (_, index) => `<i>Column ${index + 1}</i>`).join('')

const BODY = `<header>Sticky</header>
<div class="areas">
  <div id="down" class="tall">${LINES}</div><div id="across"><div class="wide">${CELLS}</div></div><div id="snap" class="snap"><div class="wide">${CELLS}</div></div>
</div>
<div class="areas">
  <div id="nested" class="outer"><p>Outer</p><div id="inner" class="tall">${LINES}</div>${LINES}</div>
  <div id="backward" dir="rtl"><div class="wide">${CELLS}</div></div><textarea id="area" aria-label="area">${'line\n'.repeat(30)}</textarea>
</div>
<div class="areas"><div id="grid"><table><tr><td class="sticky">Pinned<td style="min-width:600px">wide<tr><td class="sticky">Pinned<td>wide</table></div><div id="hidden" style="overflow: hidden" class="tall">${LINES}</div></div>
<main>${LINES}</main><p class="fixed">Fixed</p>`

const SCRIPT = `
function scrollByScript() {
  document.querySelector('#across').scrollLeft = 240; document.querySelector('#backward').scrollLeft = -200
  document.querySelector('#hidden').scrollTop = 90; document.querySelector('#snap').scrollTo({ left: 300 }); document.querySelector('#area').scrollTop = 150
}
function scrollIntoSight() { document.querySelector('#inner p:nth-child(30)').scrollIntoView({ block: 'center' }) }
function growAbove() { document.querySelector('#down').prepend(Object.assign(document.createElement('p'), { textContent: 'new above', style: 'height: 80px' })) }
function addScrolled() {
  const area = document.querySelector('#down').cloneNode(true); area.id = 'copy'; document.querySelector('.areas').append(area); area.scrollTop = 200
}
function shrink() { document.querySelector('main').replaceChildren() }`

export const scrolling: TestSite = {
  name: 'scrolling',
  start: '/',
  typed: [],
  pages: (snippet) => ({ '/': writePage({ title: 'Scrolling', snippet, head: HEAD, body: BODY, script: SCRIPT }) }),
  steps: [
    {
      name: 'scrolls areas with the wheel',
      async run(page) {
        await wheelOver(page, '#down', 0, 300)
        await wheelOver(page, '#inner', 0, 150)
      },
    },
    { name: 'scrolls areas by script', run: callPage('scrollByScript') },
    { name: 'scrolls something into sight', run: callPage('scrollIntoSight') },
    { name: 'grows above what is seen', run: callPage('growAbove') },
    { name: 'adds an area that is scrolled already', run: callPage('addScrolled') },
    {
      name: 'scrolls the page to its end',
      async run(page) {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
        await settle(page)
      },
    },
    { name: 'becomes shorter than it was scrolled', run: callPage('shrink') },
  ],
}

async function wheelOver(page: ChromiumPage, selector: string, deltaX: number, deltaY: number): Promise<void> {
  await page.locator(selector).hover()
  await page.mouse.wheel(deltaX, deltaY)
  await page.waitForFunction((scrolled) => (document.querySelector(scrolled)?.scrollTop ?? 0) > 0, selector)
  await settle(page)
}
