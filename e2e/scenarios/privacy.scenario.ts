import { listPagePaths, startShop } from '@vasistas/example-shop'
import { openChromium, type ChromiumPage } from '@vasistas/testing'
import { describe, expect, it } from 'vitest'
import { findCanaries, findCanariesInFolder } from '../framework/findCanaries.ts'
import { startProduct } from '../framework/startProduct.ts'
import { startTap } from '../framework/startTap.ts'
import { leave, openConsentingVisitor } from '../framework/visit.ts'

interface TypedField {
  readonly canary: string
  /** On the never-list by type, autocomplete or name, as a person reads them (not as our lexicon does). */
  readonly isSensitive: boolean
  readonly what: string
}

const SENSITIVE_TYPE = /^(?:password|hidden|file|email|tel)$/
const SENSITIVE_AUTOCOMPLETE = /cc-|password|one-time|bday|name|email|tel|address|postal|username/
const SENSITIVE_NAME = /iban|bic|tax|secret|password|card|cvc|csc|code|birth|otp|digit/i
const TYPEABLE =
  'input:not([type]), input[type=text], input[type=search], input[type=password], input[type=email], input[type=tel], input[type=url], textarea, [contenteditable=true]'

/** Types a canary of its own into every field of a page that takes text, also in frames and open shadow trees. */
async function typeEverywhere(page: ChromiumPage, next: () => number): Promise<TypedField[]> {
  const typed: TypedField[] = []
  for (const frame of page.frames()) {
    const fields = await frame.locator(TYPEABLE).all()
    for (const field of fields) {
      if (!(await field.isVisible()) || !(await field.isEnabled())) continue
      const facts = await field.evaluate((element) => ({
        type: element.getAttribute('type') ?? '',
        autocomplete: (element.getAttribute('autocomplete') ?? '').toLowerCase(),
        name: [
          element.getAttribute('name'),
          element.id,
          element.getAttribute('aria-label'),
          element.getAttribute('class'),
        ].join(' '),
        isReadOnly: (element as HTMLInputElement).readOnly,
        longest: (element as HTMLInputElement).maxLength ?? -1,
      }))
      // One box of a split code holds one character, which is no canary; the recorder's own tests look at those.
      if (facts.isReadOnly || (facts.longest > 0 && facts.longest < 12)) continue
      const canary = `CNRY${String(next()).padStart(3, '0')}ZQxw`
      await field.click({ timeout: 3000 }).catch(() => undefined) // covered by a sticky bar: the keyboard reaches it all the same
      await field.focus()
      await page.keyboard.type(
        facts.type === 'email' ? `${canary}@leak.example` : facts.type === 'url' ? `https://${canary}.example` : canary,
      )
      typed.push({
        canary,
        isSensitive:
          SENSITIVE_TYPE.test(facts.type) ||
          SENSITIVE_AUTOCOMPLETE.test(facts.autocomplete) ||
          SENSITIVE_NAME.test(facts.name),
        what: `${facts.name.trim()} ${facts.type}`,
      })
    }
  }
  for (const button of await page.getByRole('button', { name: /show/i }).all()) {
    await button.click({ timeout: 2000 }).catch(() => undefined) // not every one is in reach
  }
  return typed
}

async function visitShop(recordFormInputs: boolean) {
  const logLines: string[] = []
  const product = await startProduct({}, (line) => logLines.push(line))
  const tap = await startTap(product.origin)
  const browser = await openChromium()
  const key = await product.createSite(undefined, { recordFormInputs })
  const shop = await startShop({ port: 0, scriptUrl: `${tap.origin}/v.js`, siteKey: key })
  await product.updateSite(key, { origins: [shop.origin] })
  const page = await openConsentingVisitor(browser)
  const fields: TypedField[] = []
  let count = 0
  for (const path of listPagePaths().filter((candidate) => candidate.startsWith('/en/'))) {
    await page.goto(shop.origin + path)
    await page.waitForTimeout(400)
    fields.push(...(await typeEverywhere(page, () => ++count)))
    await page.waitForTimeout(300)
  }
  await leave(page)
  const { id } = await product.waitForRecording()
  const sinks: Record<string, (canaries: readonly string[]) => string[]> = {
    'what left the browser': (canaries) => tap.requests.flatMap(({ bytes }) => findCanaries(bytes, canaries)),
    'the data folder': (canaries) => findCanariesInFolder(product.folder, canaries),
    'the logs': (canaries) => findCanaries(Buffer.from(logLines.join('')), canaries),
  }
  const exported = await product.exportRecording(id)
  sinks['the export'] = (canaries) => findCanaries(Buffer.from(exported), canaries)
  const found = (canaries: readonly string[]) =>
    Object.fromEntries(Object.entries(sinks).map(([sink, find]) => [sink, [...new Set(find(canaries))]]))
  return {
    fields,
    found,
    batches: tap.requests.filter(({ url, body }) => url === '/v1/b' && body.byteLength > 0),
    logLines,
    async [Symbol.asyncDispose]() {
      await shop.close()
      await browser.close()
      await tap[Symbol.asyncDispose]()
      await product[Symbol.asyncDispose]()
    },
  }
}

const NOTHING = { 'what left the browser': [], 'the data folder': [], 'the logs': [], 'the export': [] }

describe('what a visitor types', () => {
  it('is nowhere while form inputs are off', async () => {
    await using visit = await visitShop(false)
    expect(visit.fields.length).toBeGreaterThan(25)
    expect(visit.batches.length).toBeGreaterThan(10)
    expect(visit.logLines.length).toBeGreaterThan(0)
    expect(visit.found(visit.fields.map(({ canary }) => canary))).toEqual(NOTHING)
  })

  it('is recorded where form inputs are on, but never what is sensitive, and at rest only encrypted', async () => {
    await using visit = await visitShop(true)
    const sensitive = visit.fields.filter(({ isSensitive }) => isSensitive).map(({ canary }) => canary)
    const plain = visit.fields.filter(({ isSensitive }) => !isSensitive).map(({ canary }) => canary)
    expect(sensitive.length).toBeGreaterThan(10)
    expect(visit.found(sensitive)).toEqual(NOTHING)
    const found = visit.found(plain)
    expect(found['the export']?.length).toBeGreaterThan(2)
    // Whoever finds nothing there must be able to find something.
    expect(found['what left the browser']).toEqual(expect.arrayContaining([...(found['the export'] ?? [])]))
    expect(found['the data folder']).toEqual([])
    expect(found['the logs']).toEqual([])
  })
})
