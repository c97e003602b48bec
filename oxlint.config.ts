import { defineConfig } from 'oxlint'

const tests = [
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/*.contract.ts',
  '**/*.scenario.ts',
  '**/test/**',
  'packages/testing/**',
]

/**
 * Code rules and our doors (tooling/lint/doors.ts, docs/adr/0006). One block per zone; every exception names its reason.
 * A line that must break a rule says why: `// oxlint-disable-next-line vasistas/clock-door -- reason`.
 */
export default defineConfig({
  ignorePatterns: ['**/dist/**', '**/data/**', '**/node_modules/**'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error', denyWarnings: true },
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'react', 'jsx-a11y', 'vitest'],
  jsPlugins: ['./tooling/lint/doors.ts'],
  categories: { correctness: 'error' },
  rules: {
    'no-console': 'error',
    'no-var': 'error',
    'no-proto': 'error',
    'no-empty': 'error',
    'no-extend-native': 'error',
    'no-new-func': 'error',
    'no-script-url': 'error',
    'no-self-compare': 'error',
    'no-throw-literal': 'error',
    'prefer-const': 'error',
    'preserve-caught-error': 'error',
    eqeqeq: 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    // Destructuring `this`-less closures is how this code base works: methods of our own objects never use `this`.
    'typescript/unbound-method': 'off',
    'import/no-duplicates': 'error',
    // The compiler knows which names exist; these two guess and are wrong about types.
    'import/named': 'off',
    'import/namespace': 'off',
    'vasistas/inert-import': 'error',
    'vasistas/clock-door': 'error',
    'vasistas/environment-door': 'error',
  },
  overrides: [
    {
      files: ['packages/recorder/src/**/*.ts'],
      rules: { 'vasistas/content-door': 'error' },
    },
    {
      // The door itself and its two companions: they decide levels and compare what was typed, and hand no string on.
      files: [
        'packages/recorder/src/contentGate.ts',
        'packages/recorder/src/nodePrivacy.ts',
        'packages/recorder/src/echoes.ts',
      ],
      rules: { 'vasistas/content-door': 'off' },
    },
    {
      // Batches hold encoded records and bytes, no DOM code (the graph rules see to that).
      files: ['packages/recorder/src/batch/**'],
      rules: { 'vasistas/content-door': 'off' },
    },
    {
      files: ['packages/server/src/**/*.ts'],
      rules: { 'vasistas/parsed-json-spread': 'error' },
    },
    {
      files: ['packages/server/src/config/config.ts'],
      rules: { 'vasistas/environment-door': 'off' },
    },
    {
      // Where time and chance come in.
      files: ['packages/*/src/**/clock.ts', 'packages/*/src/**/random.ts', 'packages/testing/src/**'],
      rules: { 'vasistas/clock-door': 'off' },
    },
    {
      files: ['packages/server/src/**/*.ts'],
      rules: { 'vasistas/inert-import': ['error', { pure: ['Type.*'] }] },
    },
    {
      // Test sites are data: these two only put texts and functions together.
      files: ['e2e/sites/*.ts'],
      rules: { 'vasistas/inert-import': ['error', { pure: ['callPage', 'writePage'] }] },
    },
    {
      // Started, not imported: a process, a worker, a page, or the script of a snippet.
      files: [
        '**/main.ts',
        '**/main.tsx',
        '**/*.worker.ts',
        'packages/embed/src/index.ts',
        'packages/cli/bin/**',
        'tooling/*.ts',
        'bench/**',
        'examples/**',
      ],
      rules: { 'vasistas/inert-import': 'off' },
    },
    {
      files: ['packages/cli/**', 'tooling/**', 'bench/**', 'examples/**', 'e2e/**'],
      rules: { 'no-console': 'off', 'vasistas/environment-door': 'off', 'vasistas/clock-door': 'off' },
    },
    {
      files: ['packages/dashboard/src/**/*.{ts,tsx}'],
      rules: {
        'vasistas/inert-import': [
          'error',
          { pure: ['createContext', 'createTheme', 'lazy', 'memo', 'forwardRef', 'createRootRoute', 'createRoute'] },
        ],
        // A page without styles is worse than an import that injects them.
        'import/no-unassigned-import': 'off',
        // Elements are the component library's choice; what we add to them is the role.
        'jsx-a11y/prefer-tag-over-role': 'off',
      },
    },
    {
      // Started, not imported: the entry (again, after the block above), a build script, a classic script of a page.
      files: ['packages/dashboard/src/main.tsx', 'packages/*/build.ts', 'packages/dashboard/public/**'],
      rules: { 'vasistas/inert-import': 'off' },
    },
    {
      // Plain scripts of an example page: no types to be unsafe about, and a page may await at its top.
      files: ['examples/*/public/**/*.js'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      // Tests start things at the top level (`describe`), and their fixtures are allowed what the product is not.
      files: tests,
      rules: {
        'vasistas/inert-import': 'off',
        // The second argument says which case of many it was.
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        'vasistas/clock-door': 'off',
        'vasistas/content-door': 'off',
        'vasistas/environment-door': 'off',
        'vasistas/parsed-json-spread': 'off',
        'typescript/no-non-null-assertion': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
  ],
})
