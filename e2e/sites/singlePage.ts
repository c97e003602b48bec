import type { ChromiumPage } from '@vasistas/testing'
import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const HEAD = `<style>
  nav a { margin-right: 1rem } nav a[aria-current] { font-weight: 700 }
  #list { width: 20rem; padding: 0; list-style: none } #list li { padding: .5rem; border: 1px solid #ccd; background: #fff; touch-action: none; user-select: none }
  #list li.lifted { background: #ffe9b8; position: relative; z-index: 1 }
</style>`

const SCRIPT = `
const view = document.querySelector('main')
const routes = {
  '/': () => '<h1>Home</h1><p>Welcome.</p>',
  '/list': () => '<h1>List</h1><ul id="list">' + items.map((item) => '<li data-key="' + item + '">' + item + '</li>').join('') + '</ul>',
  '/item/7': () => '<h1>Item 7</h1><dl><dt>Material</dt><dd>Brass</dd></dl>',
}
let items = ['ring', 'fox', 'bee', 'pebble', 'comma']
function show() {
  document.title = 'App ' + location.pathname
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.getAttribute('href') === location.pathname)
  view.innerHTML = (routes[location.pathname] ?? (() => '<h1>Lost</h1>'))()
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('nav a')
  if (!link) return
  event.preventDefault()
  history.pushState({}, '', link.getAttribute('href'))
  show()
})
addEventListener('popstate', show)
let lifted
view.addEventListener('pointerdown', ({ target }) => { lifted = target.closest('#list li'); lifted?.classList.add('lifted') })
view.addEventListener('pointermove', ({ clientY }) => {
  if (!lifted) return
  const below = [...lifted.parentNode.children].find((item) => item !== lifted && clientY < item.getBoundingClientRect().top + item.offsetHeight / 2)
  if (lifted.nextElementSibling !== (below ?? null)) lifted.parentNode.insertBefore(lifted, below ?? null)
})
addEventListener('pointerup', () => { lifted?.classList.remove('lifted'); lifted = undefined })
function reverseList() { const list = document.querySelector('#list'); list.append(...[...list.children].reverse()) }
function churnList() {
  const list = document.querySelector('#list')
  const item = document.createElement('li'); item.dataset.key = 'new'; item.textContent = 'new'
  list.prepend(item); list.append(item); list.insertBefore(item, list.children[2])
  const passing = document.createElement('li'); passing.textContent = 'never seen'; list.append(passing); passing.remove()
  const wrapped = list.firstElementChild; const inner = document.createElement('b'); inner.append(...wrapped.childNodes); wrapped.append(inner)
  list.lastElementChild.remove()
}
function moveBetweenParents() {
  const aside = document.querySelector('aside')
  aside.append(document.querySelector('#list').firstElementChild)
  document.querySelector('#list').append(document.createElement('li'), 'loose text')
  aside.replaceChildren(...aside.childNodes, document.createElement('hr'))
}
show()`

const file = (snippet: string) =>
  writePage({
    title: 'App',
    snippet,
    head: HEAD,
    body: '<nav><a href="/">Home</a><a href="/list">List</a><a href="/item/7">Item 7</a></nav><main></main><aside></aside>',
    script: SCRIPT,
  })

export const singlePage: TestSite = {
  name: 'single page',
  start: '/',
  typed: [],
  pages: (snippet) => ({ '/': file(snippet), '/list': file(snippet), '/item/7': file(snippet) }),
  steps: [
    { name: 'changes the route', run: (page) => follow(page, 'List') },
    {
      name: 'drags an item to the end of the list',
      async run(page) {
        const first = await page.locator('#list li').first().boundingBox()
        const last = await page.locator('#list li').last().boundingBox()
        if (!first || !last) throw new Error('the list is not on the screen')
        await page.mouse.move(first.x + 40, first.y + 10)
        await page.mouse.down()
        await page.mouse.move(first.x + 60, last.y + last.height + 8, { steps: 20 })
        await page.mouse.up()
        await settle(page)
      },
    },
    { name: 'reverses the list', run: callPage('reverseList') },
    { name: 'adds, moves, wraps and removes items at once', run: callPage('churnList') },
    { name: 'moves an item to another parent', run: callPage('moveBetweenParents') },
    { name: 'goes on to an item', run: (page) => follow(page, 'Item 7') },
    {
      name: 'goes back twice',
      async run(page) {
        await page.goBack()
        await page.goBack()
        await settle(page)
      },
    },
    {
      name: 'replaces its address without a new page',
      async run(page) {
        await page.evaluate(() => history.replaceState({}, '', '/?tab=2#part'))
        await settle(page)
      },
    },
  ],
}

async function follow(page: ChromiumPage, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click()
  await settle(page)
}
