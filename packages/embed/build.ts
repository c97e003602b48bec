import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const TARGET = 'es2022'
const HASH_CHARACTERS = 10

/** Writes dist/v.js and dist/recorder.<hash>.js. The hash is of the recorder's bytes: its address may be cached for ever. */
export async function buildEmbed(): Promise<void> {
  const recorder = await bundle({ entryPoints: [`${HERE}../recorder/src/index.ts`], format: 'esm' })
  const hash = createHash('sha256')
    .update(recorder)
    .digest('base64url')
    .replace(/[^a-z\d]/gi, '')
    .slice(0, HASH_CHARACTERS)
  const name = `recorder.${hash}.js`
  const loader = await bundle({
    entryPoints: [`${HERE}src/index.ts`],
    format: 'iife',
    define: { RECORDER_PATH: JSON.stringify(`/v/${name}`) },
  })
  const folder = `${HERE}dist/`
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) rmSync(folder + old)
  writeFileSync(folder + name, recorder)
  writeFileSync(`${folder}v.js`, loader)
}

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
  return file.text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildEmbed()
