import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, openChromium, type ChromiumPage } from '@vasistas/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildDashboard } from '../build.ts'
import { findNamelessControls } from './findNamelessControls.ts'
import { FIXTURE_PASSWORD, startFixtureServer, type FixtureServer } from './fixtureServer.ts'

const cleanUps: (() => Promise<unknown>)[] = []
let folder = ''
let browser: Awaited<ReturnType<typeof openChromium>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vasistas-dashboard-'))
  // What ships is the production build, and Vite asks the environment which one is meant.
  vi.stubEnv('NODE_ENV', 'production')
  await buildDashboard({ outDir: folder })
  vi.unstubAllEnvs()
  browser = await openChromium()
})
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp()
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function visit(
  path: string,
  options: Parameters<typeof startFixtureServer>[1] & { width?: number; locale?: string } = {},
) {
  const { width = 1280, locale = 'en-GB', ...fixture } = options
  const server = await startFixtureServer(folder, fixture)
  const context = await browser.newContext({ viewport: { width, height: 850 }, locale, reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|WebSocket/.test(message.text()))
      complaints.push(message.text())
  })
  cleanUps.push(() => context.close().then(() => server[Symbol.asyncDispose]()))
  await page.goto(server.origin + path)
  return { server, page, complaints }
}

const heading = (page: ChromiumPage, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Presses Tab until an element with this name has the focus. */
async function tabTo(page: ChromiumPage, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!element) return ''
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []
      return [
        element.getAttribute('aria-label'),
        ...labels.map((label) => label.textContent),
        element.textContent,
      ].join(' ')
    })
    if (name.test(focused)) return
  }
  throw new Error(`Tab never led to ${name}`)
}

async function lastCall(server: FixtureServer, call: string): Promise<void> {
  await eventually(() => expect(server.calls).toContain(call))
}

describe('the dashboard', () => {
  it('is signed in to by keyboard, says what is wrong, and goes where the reader wanted to go', async () => {
    const { page, complaints } = await visit('/health')
    await heading(page, 'Sign in').waitFor()
    await page.keyboard.type('ada@shop.example')
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('E-mail address or password is wrong.').waitFor()
    await page.getByRole('textbox', { name: /^Password/ }).fill(FIXTURE_PASSWORD)
    await page.keyboard.press('Enter')
    await heading(page, 'Health').waitFor()
    expect(complaints).toEqual([])
  })

  it('tells how long to wait after too many attempts', async () => {
    const { page } = await visit('/sign-in')
    await page.getByLabel('E-mail address').fill('ada@shop.example')
    await page.getByRole('textbox', { name: /^Password/ }).fill('wrong')
    for (let attempt = 0; attempt < 4; attempt++) {
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
    }
    await eventually(async () => expect(await page.getByRole('alert').textContent()).toContain('possible in 4 minutes'))
  })

  it('sets up the first account and a first site, and then waits to hear from it', async () => {
    const { page, server, complaints } = await visit('/setup#one-time-secret', { needsSetup: true, empty: true })
    await page.getByLabel('Your name').fill('Ada Lesage')
    await page.getByLabel('E-mail address').fill('ada@shop.example')
    await page.getByRole('textbox', { name: /^Password/ }).fill('short')
    await page.getByText('It is too short.').waitFor()
    await page.getByRole('textbox', { name: /^Password/ }).fill('a door, a cat, a lamp')
    await page.getByText('Strong', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('textbox', { name: /^Name/ }).fill('Clenche')
    await page.getByRole('combobox', { name: /^Addresses/ }).fill('shop.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Create site' }).click()
    await page.getByText('Waiting to hear from your site').waitFor()
    expect(await page.getByText('data-site="bmV3c2l0ZW5ld3NpdGVuZQ"').count()).toBe(1)
    server.send({ type: 'site.heard', siteId: 77, at: Date.now(), origin: 'https://shop.example' })
    await page.getByText('Your site is heard').waitFor()
    expect(complaints).toEqual([])
  })

  it('opens a recording from the list by keyboard, and logs the watching before it fetches anything', async () => {
    const { page, server, complaints } = await visit('/recordings', { signedIn: true })
    await heading(page, 'Recordings').waitFor()
    await tabTo(page, /^Watch the visit of/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    const calls = server.calls.filter((call) => /fixture0000/.test(call))
    const [, watched, manifest] = ['GET', 'POST', 'manifest'].map((part) =>
      calls.findIndex((call) => call.includes(part)),
    )
    expect(watched).toBeGreaterThanOrEqual(0)
    expect(manifest).toBeGreaterThan(watched ?? 0)
    expect(calls.findIndex((call) => call.endsWith('/batches'))).toBeGreaterThan(manifest ?? 0)
    expect(complaints).toEqual([])
  })

  it('obeys the keyboard while it plays', async () => {
    const { page } = await visit('/recordings/fixture0003AAAAAAAAAAA?t=31', { signedIn: true })
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    const position = () => page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuetext')
    await eventually(async () => expect(await position()).toMatch(/^0:3[1-9] of 1:23$/))
    await page.keyboard.press('Home')
    await eventually(async () => expect(await position()).toBe('0:00 of 1:23'))
    await page.keyboard.press('ArrowRight')
    await eventually(async () => expect(await position()).toBe('0:05 of 1:23'))
    await page.keyboard.press('5')
    await eventually(async () => expect(await position()).toBe('0:41 of 1:23'))
    await page.keyboard.press('s')
    expect(await page.getByRole('switch', { name: 'Skip inactivity' }).isChecked()).toBe(true)
    await page.keyboard.press('f')
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  })

  it('leads from the feed to the moment, and copies a link to it', async () => {
    const { page, server } = await visit('/recordings/fixture0003AAAAAAAAAAA', { signedIn: true })
    await page.getByRole('button', { name: /Error TypeError: basket is undefined/ }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Copy link to this moment' }).click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(new RegExp(`^${server.origin}/recordings/fixture0003AAAAAAAAAAA\\?t=3\\d$`))
  })

  it('erases only after asking, and says that there is no way back', async () => {
    const { page, server } = await visit('/recordings/fixture0003AAAAAAAAAAA', { signedIn: true })
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: /^Erase/ }).click()
    await page
      .getByRole('dialog')
      .getByText(/nobody can bring it back/)
      .waitFor()
    expect(server.calls).not.toContain('DELETE /api/recordings/fixture0003AAAAAAAAAAA')
    await page.getByRole('button', { name: 'Erase for good' }).click()
    await heading(page, 'Recordings').waitFor()
    await lastCall(server, 'DELETE /api/recordings/fixture0003AAAAAAAAAAA')
  })

  it('offers new recordings without moving the list', async () => {
    const { page, server } = await visit('/recordings', { signedIn: true })
    await page.getByRole('row').nth(5).waitFor()
    const { visitor } = server.addRecording()
    await page.getByRole('button', { name: '1 new recording' }).click()
    await eventually(async () => expect(await page.getByRole('row').nth(1).textContent()).toContain(visitor))
  })

  it('narrows the list by filters that live in the address', async () => {
    const { page } = await visit('/recordings?device=tablet', { signedIn: true })
    await page.getByText('Tablet', { exact: true }).waitFor()
    const rows = () => page.getByRole('row').count()
    await eventually(async () => expect(await rows()).toBeGreaterThan(2))
    const tablets = await rows()
    await page.getByText('With errors', { exact: true }).click()
    await eventually(async () => expect(await rows()).toBeLessThan(tablets))
    expect(new URL(page.url()).search).toContain('errors=true')
    await page.goBack()
  })

  it('explains a risky change before it is saved, and guards what is not', async () => {
    const { page, server } = await visit('/sites/4200001/settings', { signedIn: true })
    await page.getByRole('switch', { name: 'Record what visitors type into forms' }).click()
    await page.getByRole('link', { name: 'Activity' }).click()
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('dialog')
      .getByText(/your privacy policy and the text of your consent notice/)
      .waitFor()
    await page.getByRole('button', { name: 'I understand, save' }).click()
    await lastCall(server, 'PATCH /api/sites/4200001')
    expect(server.sites[0]?.settings.recordFormInputs).toBe(true)
    await page.getByRole('link', { name: 'Activity' }).click()
    await heading(page, 'Activity').waitFor()
  })

  it('speaks French from the first page on, and changes its language at once', async () => {
    const { page } = await visit('/account', { signedIn: true, locale: 'fr-FR', language: 'fr' })
    await heading(page, 'Compte').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    await page.getByText('English', { exact: true }).click()
    await heading(page, 'Account').waitFor()
  })

  it('names every control on every page, in both widths, without sideways scrolling', async () => {
    const paths = [
      '/recordings',
      '/recordings/fixture0005AAAAAAAAAAA',
      '/sites',
      '/sites/4200001/install',
      '/sites/4200001/settings',
      '/activity',
      '/health',
      '/account',
      '/nowhere',
    ]
    for (const width of [1280, 390]) {
      const { page, server, complaints } = await visit('/recordings', { signedIn: true, width })
      for (const path of paths) {
        await page.goto(server.origin + path)
        await page.waitForLoadState('networkidle')
        expect({ path, width, nameless: await findNamelessControls(page) }).toEqual({ path, width, nameless: [] })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect({ path, width, overflow: Math.max(0, overflow) }).toEqual({ path, width, overflow: 0 })
      }
      expect(complaints).toEqual([])
    }
  })
})
