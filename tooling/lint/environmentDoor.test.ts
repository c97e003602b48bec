import { environmentDoor } from './environmentDoor.ts'
import { createRuleTester } from './ruleTester.ts'

const errors = [{ messageId: 'read' }]

createRuleTester().run('environment-door', environmentDoor, {
  valid: ['process.exitCode = 1', "import { argv } from 'node:process'", 'config.env', 'const { pid } = process'],
  invalid: [
    { code: 'process.env.PORT', errors },
    { code: "process['env']", errors },
    { code: 'globalThis.process.env', errors },
    { code: 'const { env } = process', errors },
    { code: "import { env as settings } from 'node:process'", errors },
  ],
})
