import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { driveVisitors } from '@vasistas/example-shop/visitors'
import { readConfig } from '@vasistas/server'
import { openChromium, type ChromiumPage } from '@vasistas/testing'
import { buildAll } from './build/buildAll.ts'
import { ensureDemoAccount, type DemoAccount } from './start/ensureDemoAccount.ts'
import { startDemo, type Demo } from './start/startDemo.ts'

/** `npm run screenshots`: a fresh demo, visited, and its pages as pictures in docs/screenshots, light and dark; phones in light. */
const root = resolve(import.meta.dirname, '..')
const target = join(root, 'docs/screenshots')
const DESKTOP = { width: 1360, height: 850 }
const PHONE = { width: 390, height: 844 }
const SETTLE_MS = 1500

if (!(await buildAll(root, { onlyStale: true }, console.log))) process.exit(1)
const folder = mkdtempSync(join(tmpdir(), 'vasistas-screenshots-'))
try {
  const config = readConfig(
    {},
    { dataFolder: join(folder, 'data'), port: 0, logLevel: 'error', allowPrivateAssets: true },
  )
  const account = await ensureDemoAccount(config)
  if (!account) throw new Error('a fresh folder has no account')
  const demo = await startDemo(config, 4391)
  mkdirSync(target, { recursive: true })
  await driveVisitors({ shopOrigin: demo.shopUrl, log: console.log })
  await using browser = await openChromium()
  for (const [scheme, viewport, suffix] of [
    ['light', DESKTOP, 'light'],
    ['dark', DESKTOP, 'dark'],
    ['light', PHONE, 'phone'],
  ] as const) {
    const context = await browser.newContext({ viewport, colorScheme: scheme, locale: 'en-GB' })
    await takeAll(await context.newPage(), demo, account, suffix)
    await context.close()
  }
  await demo.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function takeAll(page: ChromiumPage, demo: Demo, account: DemoAccount, suffix: string): Promise<void> {
  const take = async (name: string, url: string) => {
    if (url !== '') await page.goto(url)
    await page.waitForTimeout(SETTLE_MS)
    await page.screenshot({ path: join(target, `${name}-${suffix}.png`) })
    console.log(`${name}-${suffix}.png`)
  }
  await take('shop', `${demo.shopUrl}/en/`)
  await take('sign-in', `${demo.dashboardUrl}/sign-in`)
  await page.evaluate(async (credentials) => {
    const headers = { 'content-type': 'application/json' }
    await fetch('/api/sign-in', { method: 'POST', headers, body: JSON.stringify(credentials) })
  }, account)
  await take('recordings', `${demo.dashboardUrl}/recordings`)
  const { recording, site } = await page.evaluate(async () => {
    const list = (await (await fetch('/api/recordings')).json()) as {
      items: { id: string; siteId: number; clicks: number; device: string }[]
    }
    const [best] = list.items.filter(({ device }) => device === 'desktop').toSorted((a, b) => b.clicks - a.clicks)
    return { recording: best?.id ?? '', site: best?.siteId ?? 0 }
  })
  await take('replay', `${demo.dashboardUrl}/recordings/${recording}?t=12`)
  await take('settings', `${demo.dashboardUrl}/sites/${site}/settings`)
  await take('install', `${demo.dashboardUrl}/sites/${site}/install`)
}
