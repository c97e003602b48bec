import { chromium, type Browser } from 'playwright-core'
import { createChance } from './visitors/chance.ts'
import { VISITORS, type Visitor } from './visitors/people.ts'
import { createPerson } from './visitors/person.ts'
import { watchDelivery } from './visitors/watchDelivery.ts'

export interface DriveOptions {
  /** Where the shop is, started with the address of a server and a site key. */
  readonly shopOrigin: string
  readonly executablePath?: string | undefined
  /** Stretches every pause of every visitor: 1 when left out, less for those who only want recordings. */
  readonly pace?: number | undefined
  /** How long to wait for a visitor's recording to arrive, in milliseconds. */
  readonly deliveryMs?: number | undefined
  /** One line per event, for a person who waits. */
  log(line: string): void
}

export interface Visit {
  readonly visitor: string
  readonly story: string
  readonly consented: boolean
  /** Batches that the server acknowledged. */
  readonly batches: number
}

/** As in packages/testing: the system's Chromium, as quiet as it gets. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AT_ONCE = 3
const DELIVERY_MS = 20_000

/**
 * Sends everybody through the shop, three at a time, and waits until what was recorded of each is on the server.
 * Fails when a visitor who agreed was not recorded, or one who refused sent anything.
 */
export async function driveVisitors(options: DriveOptions): Promise<readonly Visit[]> {
  const browser = await chromium.launch({
    executablePath: options.executablePath ?? '/usr/bin/chromium',
    headless: true,
    args: ARGUMENTS,
  })
  try {
    const visits: Visit[] = []
    const waiting = [...VISITORS]
    const receive = async () => {
      for (let visitor = waiting.shift(); visitor; visitor = waiting.shift()) {
        visits.push(await drive(browser, visitor, options))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, receive))
    return visits
  } finally {
    await browser.close()
  }
}

async function drive(browser: Browser, visitor: Visitor, options: DriveOptions): Promise<Visit> {
  const { name, story, consents, context: contextOptions } = visitor
  const { shopOrigin, log, pace = 1, deliveryMs = DELIVERY_MS } = options
  const context = await browser.newContext(contextOptions)
  try {
    const page = await context.newPage()
    const delivery = watchDelivery(page, shopOrigin)
    const person = createPerson(page, createChance(name), contextOptions.hasTouch ?? false, pace)
    log(`${name} ${story}`)
    await visitor.visit(person, shopOrigin)
    // Leaving the page sends its tail.
    if (consents && !(await delivery.settle(deliveryMs)))
      throw new Error(`${name} agreed, but no batch was acknowledged`)
    await page.goto('about:blank')
    if (consents) await delivery.settle(deliveryMs)
    else assertNothingLeft(name, delivery.foreignRequests)
    log(consents ? `${name} left, ${delivery.acknowledged} batches are on the server` : `${name} left nothing`)
    return { visitor: name, story, consented: consents, batches: delivery.acknowledged }
  } finally {
    await context.close()
  }
}

function assertNothingLeft(name: string, requests: readonly string[]): void {
  if (requests.length > 0) throw new Error(`${name} refused, and yet the page asked for ${requests.join(', ')}`)
}
