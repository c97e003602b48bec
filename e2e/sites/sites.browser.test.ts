import { describe, expect, it } from 'vitest'
import { openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import { SITES } from './index.ts'

const SNIPPET = '<meta name="snippet" content="here">'

/** The sites are what scenarios stand on: each has to work by itself before a recording of it can be wrong. */
describe.each(SITES)('the test site $name', (site) => {
  it('goes through its steps without an error of its own, and ends where it began on every run', async () => {
    await using server = await startStaticServer(site.pages(SNIPPET))
    await using browser = await openChromium()
    const runs: string[][] = []
    for (let run = 0; run < 2; run++) {
      const context = await browser.newContext({ viewport: { width: 1100, height: 700 } })
      const page = await context.newPage()
      const complaints = listenForComplaints(page)
      await page.goto(server.origin + site.start)
      expect(await page.locator('meta[name=snippet]').count()).toBe(1)
      const seen = [await page.content()]
      for (const step of site.steps) {
        await step.run(page)
        seen.push(await page.content())
      }
      expect(complaints).toEqual([])
      runs.push(seen)
      await context.close()
    }
    expect(runs[1]).toEqual(runs[0])
  })
})

/** Missing files are part of some sites; errors in their scripts are not. */
function listenForComplaints(page: ChromiumPage): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  return complaints
}
