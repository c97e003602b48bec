import { FREE_STAGES, PACKAGE_IMPORTS, STAGE_IMPORTS } from './importTables.ts'

/** One thing that no import may do. Patterns are regular expressions on paths from the root; `$1` is `from`'s first group. */
export interface GraphRule {
  readonly name: string
  readonly from: { readonly path: string; readonly pathNot?: readonly string[] }
  readonly to: {
    readonly path: readonly string[]
    readonly pathNot?: readonly string[]
    /** Only imports written like this are meant; all when left out. */
    readonly written?: 'static' | 'by-file'
  }
}

/** Paths that only tests and their set-up use: they may reach further than what ships. */
export const TEST_PATHS = ['[.]test[.]tsx?$', '[.]contract[.]ts$', '^packages/[^/]+/test/', '^packages/testing/']

const packagePath = (name: string) => `^packages/${name.replace('/', '/src/')}/`
const stagePath = (name: string) => `^packages/server/src/${name}/`

/** The two tables and the further rules of ARCHITECTURE.md, as patterns. */
export function listGraphRules(): readonly GraphRule[] {
  return [...packageRules(), ...stageRules(), ...FURTHER_RULES]
}

function packageRules(): readonly GraphRule[] {
  return Object.entries(PACKAGE_IMPORTS).map(([name, imports]) => ({
    name: `packages: ${name} imports ${imports.join(', ') || 'nothing'}`,
    from: { path: `^packages/${name}/src/`, pathNot: name === 'testing' ? [] : TEST_PATHS },
    to: {
      path: ['^packages/'],
      pathNot: [`^packages/${name}/`, ...imports.map(packagePath)],
      // embed reaches the recorder by import() only: it is a download of its own, after consent.
      ...(name === 'embed' && { written: 'static' as const }),
    },
  }))
}

function stageRules(): readonly GraphRule[] {
  return Object.entries(STAGE_IMPORTS).map(([stage, imports]) => ({
    name: `stages: ${stage} imports ${[...imports, ...FREE_STAGES].join(', ')}`,
    from: { path: stagePath(stage), pathNot: TEST_PATHS },
    to: {
      path: ['^packages/server/src/'],
      pathNot: [
        ...[stage, ...imports, ...FREE_STAGES].map(stagePath),
        // The one clock and the one random source of the process, which stages take as parameters (types only); and what
        // ingest, access and http must agree on: who counts as one address.
        '^packages/server/src/(?:clock|random|networkOf)[.]ts$',
      ],
    },
  }))
}

const FURTHER_RULES: readonly GraphRule[] = [
  {
    name: 'packages are imported by name, never by file',
    from: { path: '^(packages/[^/]+|e2e|bench|tooling|examples/[^/]+)/' },
    to: {
      path: ['^(?:packages/[^/]+|e2e|bench|tooling|examples/[^/]+)/'],
      pathNot: ['^$1/'],
      written: 'by-file',
    },
  },
  {
    name: 'what ships imports no tests',
    from: { path: '^packages/[^/]+/src/', pathNot: TEST_PATHS },
    to: { path: TEST_PATHS },
  },
  {
    name: 'SQL is in server/src/store only',
    from: { path: '^packages/', pathNot: [...TEST_PATHS, '^packages/server/src/store/'] },
    to: { path: ['^(?:node:)?sqlite$', 'node_modules/kysely/'] },
  },
  {
    name: 'the disk is in server/src/store only (config reads its file, http serves certificates and built files)',
    from: {
      path: '^packages/(?!cli/)',
      // A build script writes what browsers download: it never runs with the product.
      pathNot: [...TEST_PATHS, '^packages/[^/]+/build[.]ts$', '^packages/server/src/(?:store|config|http)/'],
    },
    to: { path: ['^(?:node:)?fs(?:/promises)?$'] },
  },
  {
    name: 'the web framework stays at the edge',
    from: {
      path: '^packages/server/src/',
      pathNot: [
        ...TEST_PATHS,
        '^packages/server/src/(?:http|api)/',
        '(?:Routes|Socket)[.]ts$',
        // The guard is a hook of the framework: it stands between a request and every route.
        '^packages/server/src/access/authenticate[.]ts$',
      ],
    },
    to: { path: ['node_modules/(?:@fastify/(?!.*type-provider)|fastify/)'] },
  },
  {
    name: 'app.ts is the composition root: only startServer.ts and tests import it',
    from: { path: '^packages/', pathNot: [...TEST_PATHS, '^packages/server/src/(?:index|main|startServer)[.]ts$'] },
    to: { path: ['^packages/server/src/app[.]ts$'] },
  },
  {
    name: '@rrweb/replay has one importer',
    from: { path: '^packages/', pathNot: ['^packages/player/src/rebuild/rrwebReplay[.]ts$'] },
    to: { path: ['node_modules/@rrweb/replay/'] },
  },
  {
    name: 'rrweb numbers stay inside wire: nobody imports another recorder or player',
    from: { path: '^packages/', pathNot: ['^packages/player/'] },
    to: { path: ['node_modules/(?:@rrweb|rrweb)'] },
  },
  {
    name: 'recorder: serialize/ imports neither track/ nor batch/',
    from: { path: '^packages/recorder/src/serialize/', pathNot: TEST_PATHS },
    to: { path: ['^packages/recorder/src/(?:track|batch)/'] },
  },
  {
    name: 'recorder: batch/ imports no DOM code',
    from: { path: '^packages/recorder/src/batch/', pathNot: TEST_PATHS },
    to: { path: ['^packages/recorder/src/(?!batch/)'] },
  },
  {
    name: 'recorder: only contentGate, nodePrivacy and echoes import @vasistas/privacy',
    from: {
      path: '^packages/recorder/src/',
      pathNot: [...TEST_PATHS, '^packages/recorder/src/(?:contentGate|nodePrivacy|echoes)[.]ts$'],
    },
    to: { path: ['^packages/privacy/'] },
  },
  {
    name: 'dashboard: features never import each other',
    from: { path: '^packages/dashboard/src/features/([^/]+)/' },
    to: { path: ['^packages/dashboard/src/features/'], pathNot: ['^packages/dashboard/src/features/$1/'] },
  },
  {
    name: 'dashboard: ui/ knows no domain word',
    from: { path: '^packages/dashboard/src/ui/', pathNot: TEST_PATHS },
    to: { path: ['^packages/'], pathNot: ['^packages/dashboard/src/ui/'] },
  },
  {
    name: 'dashboard: the player is for the features replay, live and settings',
    from: {
      path: '^packages/dashboard/src/',
      pathNot: [...TEST_PATHS, '^packages/dashboard/src/features/(?:replay|live|settings)/'],
    },
    to: { path: ['^packages/player/'] },
  },
]
