import type { Locator } from 'playwright-core'
import type { Person } from './person.ts'

const WORDS = { accept: /^(accept|accepter|d’accord|agree)/i, refuse: /^(refuse|refuser|decline|no)/i }
const APPEARS_WITHIN_MS = 15_000

/** Answers the built-in notice, wherever on the page it stands. */
export async function answerNotice(person: Person, answer: keyof typeof WORDS): Promise<void> {
  const button: Locator = person.page.getByRole('button', { name: WORDS[answer] }).last()
  await button.waitFor({ timeout: APPEARS_WITHIN_MS }).catch((cause: unknown) => {
    throw new Error(`No consent notice appeared on ${person.page.url()}: is v.js served and the site key known?`, {
      cause,
    })
  })
  await person.think(500, 1100)
  await person.click(button)
}
