import { devices, type BrowserContextOptions } from 'playwright-core'
import { answerNotice } from './notice.ts'
import type { Person } from './person.ts'
import { buy } from './stories/buy.ts'
import { askForHelp } from './stories/askForHelp.ts'
import { compare } from './stories/compare.ts'
import { composeDoor } from './stories/composeDoor.ts'
import { keepAccount } from './stories/keepAccount.ts'
import { loseTemper } from './stories/loseTemper.ts'
import { lookAround } from './stories/lookAround.ts'

export interface Visitor {
  readonly name: string
  /** What this visit shows, in a line for the log. */
  readonly story: string
  readonly consents: boolean
  readonly context: BrowserContextOptions
  visit(person: Person, shopOrigin: string): Promise<void>
}

const desktop = (width: number, height: number): BrowserContextOptions => ({
  ...devices['Desktop Chrome'],
  viewport: { width, height },
  screen: { width, height },
})

/** The handful of people who come by. */
export const VISITORS: readonly Visitor[] = [
  {
    name: 'Odile',
    story: 'buys a knocker, with a card and a new account',
    consents: true,
    context: { ...desktop(1440, 900), locale: 'fr-FR', timezoneId: 'Europe/Paris' },
    visit: afterNotice('accept', '/fr/', buy),
  },
  {
    name: 'Finn',
    story: 'compares for a long time and leaves without buying',
    consents: true,
    context: { ...desktop(1280, 800), locale: 'en-GB', timezoneId: 'Europe/London' },
    visit: afterNotice('accept', '/en/handles', compare),
  },
  {
    name: 'Maeve',
    story: 'clicks a dead coupon button in anger and meets an error',
    consents: true,
    context: { ...desktop(1366, 768), locale: 'en-IE', timezoneId: 'Europe/Dublin' },
    visit: afterNotice('accept', '/en/product/jingle', loseTemper),
  },
  {
    name: 'Inès',
    story: 'asks for help on a phone',
    consents: true,
    context: { ...devices['Pixel 7'], locale: 'fr-FR', timezoneId: 'Europe/Paris' },
    visit: afterNotice('accept', '/fr/product/bee', askForHelp),
  },
  {
    name: 'Noor',
    story: 'composes a door in the workshop, on a tablet',
    consents: true,
    context: { ...devices['Galaxy Tab S9'], locale: 'en-NL', timezoneId: 'Europe/Amsterdam' },
    visit: afterNotice('accept', '/en/', composeDoor),
  },
  {
    name: 'Greta',
    story: 'signs in and fills in every kind of field',
    consents: true,
    context: { ...desktop(1536, 864), locale: 'en-US', timezoneId: 'America/New_York', colorScheme: 'dark' },
    visit: afterNotice('accept', '/en/sign-in', keepAccount),
  },
  {
    name: 'Bruno',
    story: 'refuses to be recorded and leaves nothing',
    consents: false,
    context: { ...desktop(1280, 720), locale: 'fr-BE', timezoneId: 'Europe/Brussels' },
    visit: afterNotice('refuse', '/fr/', lookAround),
  },
]

function afterNotice(
  answer: 'accept' | 'refuse',
  path: string,
  story: (person: Person, origin: string) => Promise<void>,
): Visitor['visit'] {
  return async (person, origin) => {
    await person.goTo(origin + path)
    await answerNotice(person, answer)
    await story(person, origin)
  }
}
