import { defineConfig } from 'vitest/config'

const browserTests = ['{packages/*,examples/*}/{src,test}/**/*.browser.test.ts', 'e2e/sites/*.browser.test.ts']
const scenarios = ['e2e/scenarios/**/*.scenario.ts']

/** Three kinds of test (docs/TESTING.md): in Node alone, with a real browser, and whole-product scenarios. */
export default defineConfig({
  test: {
    sequence: { shuffle: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{packages/*,examples/*}/{src,test}/**/*.test.ts', '{tooling,bench,e2e/framework}/**/*.test.ts'],
          exclude: [...browserTests, '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: browserTests, testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 },
      },
      {
        extends: true,
        test: { name: 'scenario', include: scenarios, testTimeout: 300_000, hookTimeout: 300_000, maxWorkers: 1 },
      },
    ],
  },
})
