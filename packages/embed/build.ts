import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, transform, type BuildOptions } from 'esbuild'
import { minify } from 'rolldown/utils'
import { NOTICE_WORDS } from './src/notice/words.ts'

const HERE = import.meta.dirname
const HASH_CHARACTERS = 10
const TEXT_VERSION_CHARACTERS = 12
/** Browsers since 2022: modules by import(), CompressionStream, constructed style sheets. */
const TARGET = ['chrome103', 'firefox102', 'safari16.4']

/** Properties of the loader's own objects, which neither the page, the disk nor the recorder knows: they may be shortened. */
const OWN_NAMES =
  /^(?:hasNotice|recordsForms|typedHidden|typedRecorded|setStopped|choose|isGranted|withdraw|privacy|refuse|accept|ask|control|on|off|show|mono)$/

export interface EmbedBuildOptions {
  /** `packages/embed/dist` when left out. */
  readonly folder?: string
}

/** Writes v.js and recorder.<hash>.js. The hash is of the recorder's bytes: its address may be cached for ever. */
export async function buildEmbed({ folder = join(HERE, 'dist') }: EmbedBuildOptions = {}): Promise<void> {
  const recorder = await bundle({ entryPoints: [join(HERE, '../recorder/src/index.ts')], format: 'esm' })
  const recorderFile = `recorder.${hashOf(recorder, HASH_CHARACTERS)}.js`
  const css = readFileSync(join(HERE, 'src/notice/notice.css'), 'utf8')
  const loader = await bundle({
    entryPoints: [join(HERE, 'src/index.ts')],
    format: 'iife',
    mangleProps: OWN_NAMES,
    define: {
      RECORDER_FILE: JSON.stringify(recorderFile),
      NOTICE_CSS: JSON.stringify((await transform(css, { loader: 'css', minify: true })).code.trim()),
      TEXT_VERSIONS: JSON.stringify(textVersions()),
    },
  })
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) rmSync(join(folder, old))
  writeFileSync(join(folder, recorderFile), recorder)
  writeFileSync(join(folder, 'v.js'), loader)
}

/** What a consent record calls the words that were shown: language and hash of all of them. */
export function textVersions(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(NOTICE_WORDS).map(([language, words]) => [
      language,
      `${language}-${hashOf(JSON.stringify(words), TEXT_VERSION_CHARACTERS)}`,
    ]),
  )
}

const hashOf = (text: string, characters: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, characters)

async function bundle(options: BuildOptions): Promise<string> {
  const result = await build({
    bundle: true,
    write: false,
    minify: true,
    target: TARGET,
    platform: 'browser',
    legalComments: 'none',
    charset: 'utf8',
    ...options,
  })
  const [file] = result.outputFiles ?? []
  if (!file) throw new Error('esbuild wrote nothing')
  return squeeze(file.text, options.format === 'esm')
}

/** A second minifier finds what the first left: four per cent after brotli, measured. */
async function squeeze(code: string, isModule: boolean): Promise<string> {
  const squeezed = await minify('script.js', code, {
    module: isModule,
    compress: { target: TARGET, maxIterations: 10 },
    mangle: { toplevel: isModule },
  })
  const [failure] = squeezed.errors
  if (failure) throw new Error(`the second minifier failed: ${failure.message}`)
  return squeezed.code
}

if (import.meta.main) await buildEmbed()
