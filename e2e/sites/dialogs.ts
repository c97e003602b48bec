import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const BODY = `
<button id="ask">Ask</button> <button popovertarget="tip">Tip</button> <button id="aside">Aside</button>
<dialog id="modal"><h2>Sure?</h2><form method="dialog"><button value="yes">Yes</button><button value="no">No</button></form></dialog>
<dialog id="modeless"><p>Not in the way</p></dialog>
<div id="tip" popover><p>A popover</p><button popovertarget="inner">More</button><div id="inner" popover>Another on top</div></div>
<div id="manual" popover="manual">Stays until told</div>
<details name="faq" open><summary>First</summary><p>One</p></details><details name="faq"><summary>Second</summary><p>Two</p></details>
<details id="free"><summary>Free</summary><p>Three</p></details>
<p id="answer">–</p><section id="behind">Behind <a href="#">a link</a></section><div hidden="until-found">Found later</div>`

const SCRIPT = `
const modal = document.querySelector('#modal')
document.querySelector('#ask').onclick = () => modal.showModal()
modal.onclose = () => { document.querySelector('#answer').textContent = modal.returnValue }
document.querySelector('#aside').onclick = () => document.querySelector('#modeless').show()
function showManual() { document.querySelector('#manual').showPopover(); document.querySelector('#behind').inert = true }
function hideAll() { document.querySelector('#manual').hidePopover(); document.querySelector('#modeless').close(); document.querySelector('#behind').inert = false; document.querySelector('[hidden]').hidden = false }
function moveOpenDialog() { modal.showModal(); document.body.prepend(document.querySelector('#behind')) }`

export const dialogs: TestSite = {
  name: 'dialogs',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({
      title: 'Dialogs',
      snippet,
      head: '<style>dialog::backdrop { background: rgb(10 30 28 / .6) } [popover]:popover-open { border-color: rgb(200, 85, 61) } details[open] { background: #fbf5e6 }</style>',
      body: BODY,
      script: SCRIPT,
    }),
  }),
  steps: [
    {
      name: 'opens a modal dialog',
      async run(page) {
        await page.locator('#ask').click()
        await settle(page)
      },
    },
    {
      name: 'answers it',
      async run(page) {
        await page.getByRole('button', { name: 'Yes' }).click()
        await settle(page)
      },
    },
    {
      name: 'opens a popover and one inside it',
      async run(page) {
        await page.getByRole('button', { name: 'Tip' }).click()
        await page.getByRole('button', { name: 'More' }).click()
        await settle(page)
      },
    },
    {
      name: 'dismisses them by a click elsewhere',
      async run(page) {
        await page.locator('#answer').click()
        await settle(page)
      },
    },
    {
      name: 'opens one of several details, which closes the other',
      async run(page) {
        await page.getByText('Second').click()
        await page.getByText('Free').click()
        await page.locator('#aside').click()
        await settle(page)
      },
    },
    { name: 'shows a manual popover and makes a section inert', run: callPage('showManual') },
    { name: 'hides everything', run: callPage('hideAll') },
    { name: 'opens a dialog again and moves what is behind it', run: callPage('moveOpenDialog') },
  ],
}
