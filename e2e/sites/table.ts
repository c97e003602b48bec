import { callPage } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const SCRIPT = `
const body = document.querySelector('tbody')
const words = ['brass', 'oak', 'iron', 'quiet', 'round', 'tall', 'late', 'green']
const things = ['door', 'key', 'bell', 'window', 'hinge', 'latch']
let next = 1
function row() {
  const id = next++
  const element = document.createElement('tr')
  element.innerHTML = '<td class="id">' + id + '</td><td><a href="#' + id + '">' + words[id * 7 % 8] + ' ' + things[id * 5 % 6] + '</a></td><td><button data-remove aria-label="remove">×</button></td>'
  return element
}
function rows(count) { return Array.from({ length: count }, row) }
body.addEventListener('click', ({ target }) => {
  if (target.matches('[data-remove]')) target.closest('tr').remove()
  else { body.querySelector('.danger')?.classList.remove('danger'); target.closest('tr')?.classList.add('danger') }
})
function create() { body.replaceChildren(...rows(200)) }
function append() { body.append(...rows(200)) }
function update() { for (let index = 0; index < body.children.length; index += 10) body.children[index].querySelector('a').firstChild.data += ' !!!' }
function swap() { const second = body.children[1]; const last = body.children[body.children.length - 2]; const after = second.nextSibling; body.insertBefore(second, last.nextSibling); body.insertBefore(last, after) }
function sort() { body.append(...[...body.children].sort((one, other) => one.textContent < other.textContent ? -1 : 1)) }
function removeOdd() { for (const element of [...body.children].filter((_, index) => index % 2)) element.remove() }
function clearAll() { body.textContent = '' }`

export const table: TestSite = {
  name: 'table',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({
      title: 'Table',
      snippet,
      head: '<style>table { border-collapse: collapse } td { padding: 2px 8px; border-bottom: 1px solid #ccd } .danger { background: #ffe0d8 }</style>',
      body: '<h1>Rows</h1><table><thead><tr><th>Id<th>Thing<th></tr></thead><tbody></tbody></table>',
      script: SCRIPT,
    }),
  }),
  steps: [
    { name: 'creates two hundred rows', run: callPage('create') },
    { name: 'updates every tenth row', run: callPage('update') },
    {
      name: 'selects a row and removes another',
      async run(page) {
        await page.locator('tbody tr').nth(3).locator('a').click()
        await page.locator('tbody tr').nth(5).locator('button').click()
      },
    },
    { name: 'swaps two rows', run: callPage('swap') },
    { name: 'appends two hundred rows', run: callPage('append') },
    { name: 'sorts all rows', run: callPage('sort') },
    { name: 'removes every second row', run: callPage('removeOdd') },
    { name: 'clears the table', run: callPage('clearAll') },
    { name: 'creates them again', run: callPage('create') },
  ],
}
