/** What a package of ours may import from the others; `wire/core` is a subpath. The table of ARCHITECTURE.md. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  privacy: ['wire/core'],
  'browser-core': ['wire/core'],
  recorder: ['wire/core', 'wire/recording', 'privacy', 'browser-core'],
  embed: ['wire/core', 'browser-core'],
  player: ['wire/core', 'wire/recording', 'wire/api'],
  server: ['wire', 'privacy'],
  dashboard: ['wire', 'privacy', 'player'],
  cli: ['wire/core', 'wire/recording', 'wire/api', 'server'],
  testing: ['wire'],
}

/** Stages of the server that every other stage may import. */
export const FREE_STAGES: readonly string[] = ['config', 'errors', 'observability']

/** What a stage of the server may import besides FREE_STAGES. */
export const STAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  config: [],
  errors: [],
  observability: [],
  store: [],
  events: [],
  http: [],
  access: ['store'],
  jobs: ['store', 'events'],
  ingest: ['store', 'events'],
  indexing: ['store', 'events'],
  replay: ['store', 'access'],
  live: ['store', 'events', 'access'],
  retention: ['store', 'events', 'access', 'jobs'],
  assets: ['store', 'events'],
  api: ['store', 'access', 'indexing', 'retention'],
}
