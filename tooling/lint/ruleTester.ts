import { RuleTester } from 'oxlint/plugins-dev'
import { describe, it } from 'vitest'

/** oxlint's own tester, reporting to vitest, for TypeScript modules. */
export function createRuleTester(): RuleTester {
  RuleTester.describe = describe
  RuleTester.it = it
  return new RuleTester({ languageOptions: { sourceType: 'module', parserOptions: { lang: 'tsx' } } })
}
