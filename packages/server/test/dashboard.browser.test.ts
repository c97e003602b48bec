import { describe, expect, it } from 'vitest'
import { eventually, openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import type { AppState } from '@vasistas/wire/api'
import { OWNER, startTestServer } from './startTestServer.ts'

/** What the page's policy refused, and what else went wrong in it. */
function listenForTrouble(page: ChromiumPage): readonly string[] {
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy|Permissions.Policy|Refused to/i.test(message.text())) trouble.push(message.text())
  })
  return trouble
}

describe('the built dashboard, under the server’s own policy', () => {
  it('makes the first account from the link, signs out and in again, and breaks no rule', async () => {
    await using server = await startTestServer()
    await using browser = await openChromium()
    const page = await browser.newPage({ locale: 'en-GB' })
    const trouble = listenForTrouble(page)
    await page.goto(server.setupUrl ?? '')
    await page.getByLabel('Your name').fill(OWNER.name)
    await page.getByLabel('E-mail address').fill(OWNER.email)
    const password = page.getByRole('textbox', { name: 'Password' })
    await password.fill('motdepasse1')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText(/too easy to guess/i).waitFor()
    await password.fill(OWNER.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('Your first site').waitFor()

    const [cookie] = await page.context().cookies()
    expect(cookie).toMatchObject({ name: 'vasistas_session', httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(OWNER.password)

    await page.context().clearCookies()
    await page.goto(`${server.origin}/recordings`)
    await page.getByLabel('E-mail address').fill(OWNER.email)
    await page.getByRole('textbox', { name: 'Password' }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/recordings')
    await page.getByRole('navigation').first().waitFor()
    expect(trouble).toEqual([])
  })

  it('is neither framed nor acted for by another site’s page', async () => {
    await using server = await startTestServer()
    await server.setUp()
    await using browser = await openChromium()
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(server.origin)
    const credentials = JSON.stringify({ email: OWNER.email, password: OWNER.password })
    const status = await page.evaluate(
      async (body) =>
        (await fetch('/api/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
      credentials,
    )
    expect(status).toBe(200)

    await using stranger = await startStaticServer({ '/': '<!doctype html><iframe id=door></iframe>' })
    const strange = await context.newPage()
    await strange.goto(stranger.origin)
    const outcomes = await strange.evaluate(async (origin) => {
      const attempt = (path: string, init: RequestInit) =>
        fetch(origin + path, { credentials: 'include', ...init }).then(
          async (response) => `${response.type} ${response.status} ${await response.text()}`,
          () => 'refused',
        )
      return [
        await attempt('/api/state', {}),
        await attempt('/api/state', { mode: 'no-cors' }),
        await attempt('/api/sign-out', { method: 'POST', mode: 'no-cors', body: '{"everywhere":true}' }),
      ]
    }, server.origin)
    // Opaque answers have neither status nor text; same-origin resources are not even that.
    expect(outcomes.every((outcome) => outcome === 'refused' || outcome === 'opaque 0 ')).toBe(true)
    await strange.evaluate((origin) => {
      document.querySelector('iframe')?.setAttribute('src', origin)
    }, server.origin)
    await eventually(() => {
      const framed = strange.frames().find((frame) => frame !== strange.mainFrame())
      expect(framed?.url()).toMatch(/^chrome-error:/)
    })

    const state = (await page.evaluate(async () => (await fetch('/api/state')).json())) as AppState
    expect(state.agent?.email).toBe(OWNER.email)
  })
})
