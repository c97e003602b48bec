import { settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const TYPED = {
  text: 'Zephyrine Quillfeather',
  email: 'zephyrine@quillfeather.example',
  tel: '+33 6 39 98 11 22',
  password: 'Tr0mbone-under-water',
  card: '4242 4242 4242 4242',
  iban: 'FR76 3000 6000 0112 3456 7890 189',
  area: 'Please leave the parcel beneath the blackcurrant bush',
  note: 'Beware of the goose',
  code: '926415',
} as const

const BODY = `
<form id="all" action="/thanks" method="get">
  <p><label>Text <input name="text" value="already here" placeholder="placeholder words"></label> <label>Search <input type="search" name="search"></label></p>
  <p><label>E-mail <input type="email" name="email"></label> <label>Phone <input type="tel" name="tel"></label> <label>Address <input type="url" name="url"></label></p>
  <p><label>Password <input type="password" name="password"></label> <button type="button" id="eye">Show</button></p>
  <p><label>Card <input name="card" autocomplete="section-a billing cc-number"></label> <label>Code <input name="csc" autocomplete="cc-csc" inputmode="numeric"></label> <label>IBAN <input name="iban"></label></p>
  <p><label>Number <input type="number" name="number" value="3"></label> <label>Range <input type="range" name="range" value="30"></label> <label>Colour <input type="color" name="colour" value="#1f4a45"></label></p>
  <p><input type="date" name="date"><input type="time" name="time"><input type="datetime-local" name="when"><input type="month" name="month"><input type="week" name="week"></p>
  <p><label><input type="checkbox" name="check" value="1" checked> checked</label> <label><input type="checkbox" name="other"> not</label>
     <label><input type="radio" name="pick" value="a" checked> a</label> <label><input type="radio" name="pick" value="b"> b</label></p>
  <p><input type="file" name="file"><input type="hidden" name="hidden" value="a hidden thing"><input type="image" name="image" alt="picture button" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"></p>
  <p><select name="one"><option value="x">First choice<option value="y" selected>Second choice<optgroup label="More"><option>Third choice</optgroup></select>
     <select name="many" multiple size="3"><option selected>North<option>East<option>South</select></p>
  <p><textarea name="area" rows="3">written by the server</textarea></p>
  <p><input list="towns" name="town"><datalist id="towns"><option value="Dieppe"><option value="Rennes"></datalist>
     <output name="sum">33</output> <meter value=".6">60 %</meter> <progress value="30" max="100"></progress></p>
  <div id="note" contenteditable="true">Editable <b>note</b></div>
  <div id="plain" contenteditable="plaintext-only">Plain note</div>
  <fieldset disabled><legend>Closed</legend><input name="closed" value="cannot be changed"></fieldset>
  <p class="code">${Array.from({ length: 6 }, (_, index) => `<input maxlength="1" size="1" inputmode="numeric" aria-label="digit ${index + 1}">`).join('')}</p>
  <button>Send</button> <input type="submit" value="Send too"> <input type="reset" value="Reset"> <input type="button" value="Plain button">
</form>
<input form="all" name="outside" value="outside its form">
<p>Hello <span id="echo">nobody</span>!</p>`

const SCRIPT = `
document.querySelector('#eye').onclick = () => { const field = document.forms.all.elements.password; field.type = field.type === 'password' ? 'text' : 'password' }
document.forms.all.elements.text.addEventListener('input', ({ target }) => { document.querySelector('#echo').textContent = target.value })
const boxes = [...document.querySelectorAll('.code input')]
boxes.forEach((box, index) => box.addEventListener('input', () => boxes[index + 1]?.focus()))`

export const forms: TestSite = {
  name: 'forms',
  start: '/',
  typed: Object.values(TYPED),
  pages: (snippet) => ({
    '/': writePage({ title: 'Forms', snippet, body: BODY, script: SCRIPT }),
    '/thanks': writePage({ title: 'Thanks', snippet, body: '<h1>Thanks</h1>' }),
  }),
  steps: [
    {
      name: 'types into every field of text, one of which the page repeats',
      async run(page) {
        for (const name of ['text', 'email', 'tel', 'password', 'card', 'iban', 'area'] as const) {
          await page.locator(`[name=${name}]`).fill('')
          await page.locator(`[name=${name}]`).pressSequentially(TYPED[name], { delay: 1 })
        }
        await page.locator('.code input').first().click()
        await page.keyboard.type(TYPED.code)
        await settle(page)
      },
    },
    {
      name: 'chooses',
      async run(page) {
        await page.locator('[name=other]').check()
        await page.locator('[name=pick][value=b]').check()
        await page.locator('[name=one]').selectOption('x')
        await page.locator('[name=many]').selectOption([{ label: 'East' }, { label: 'South' }])
        await page.locator('[name=date]').fill('1987-03-14')
        await page.locator('[name=range]').fill('80')
        await page.locator('[name=colour]').fill('#c8553d')
        await settle(page)
      },
    },
    {
      name: 'shows the password and types on',
      async run(page) {
        await page.locator('#eye').click()
        await page.locator('[name=password]').press('End')
        await page.keyboard.type('!')
        await page.locator('#eye').click()
        await settle(page)
      },
    },
    {
      name: 'edits what is editable',
      async run(page) {
        await page.locator('#note').click()
        await page.keyboard.press('End')
        await page.keyboard.type(` ${TYPED.note}`)
        await page.locator('#plain').click()
        await page.keyboard.type('x')
        await settle(page)
      },
    },
    {
      name: 'has its values set by the page',
      async run(page) {
        await page.evaluate(() => {
          for (const field of document.querySelectorAll<HTMLInputElement>('[name=text], [name=area], [name=number]')) {
            field.value = '42'
          }
          const progress = document.querySelector('progress')
          if (progress) progress.value = 90
          document.querySelector('[name=one]')?.append(new Option('Fourth choice', 'z', true, true))
          document.querySelector('fieldset')?.removeAttribute('disabled')
        })
        await settle(page)
      },
    },
    {
      name: 'resets, then replaces a field by another',
      async run(page) {
        await page.locator('[type=reset]').click()
        await page.evaluate(() => {
          const field = document.createElement('input')
          field.name = 'password'
          field.autocomplete = 'new-password'
          document.querySelector('[name=password]')?.replaceWith(field)
        })
        await settle(page)
      },
    },
  ],
}
