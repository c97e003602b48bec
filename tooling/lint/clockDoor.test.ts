import { clockDoor } from './clockDoor.ts'
import { createRuleTester } from './ruleTester.ts'

const reads = (name: string) => ({ messageId: 'read', data: { name } })

createRuleTester().run('clock-door', clockDoor, {
  valid: [
    'clock.now()',
    'new Date(at)',
    'random.bytes(12)',
    "import { createHash } from 'node:crypto'",
    'event.timeStamp',
    'Math.floor(x)',
  ],
  invalid: [
    { code: 'Date.now()', errors: [reads('Date.now')] },
    { code: 'const now = globalThis.Date.now', errors: [reads('Date.now')] },
    { code: 'window.performance.now()', errors: [reads('performance.now')] },
    { code: 'new Date()', errors: [reads('new Date()')] },
    { code: 'Date()', errors: [reads('Date()')] },
    { code: 'Math.random()', errors: [reads('Math.random')] },
    { code: 'crypto.getRandomValues(bytes)', errors: [reads('crypto.getRandomValues')] },
    { code: 'self.crypto.randomUUID()', errors: [reads('crypto.randomUUID')] },
    { code: "import { createHash, randomBytes } from 'node:crypto'", errors: [reads('randomBytes')] },
  ],
})
