import { parsedJsonSpread } from './parsedJsonSpread.ts'
import { createRuleTester } from './ruleTester.ts'

const errors = [{ messageId: 'spread' }]

createRuleTester().run('parsed-json-spread', parsedJsonSpread, {
  valid: [
    'const parsed = parseSettings(JSON.parse(text))',
    '({ ...settings })',
    'f(...JSON.parse(text))',
    'Object.assign({}, settings)',
  ],
  invalid: [
    { code: 'const all = { ...JSON.parse(text) }', errors },
    { code: 'const all = { ...(JSON.parse(text) as Settings) }', errors },
    { code: 'Object.assign({}, JSON.parse(text))', errors },
    { code: 'const body = JSON.parse(text) as Body; const all = { ...body }', errors },
    { code: 'const body: unknown = JSON.parse(text); Object.assign(target, body!)', errors },
  ],
})
