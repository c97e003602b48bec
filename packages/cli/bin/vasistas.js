#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read: it finds the Node that the product needs and goes on there.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `node:sqlite` without a flag, `zstd`, sources that run as they are. */
const NEEDED = [24, 15]
const here = dirname(fileURLToPath(import.meta.url))

if (isNewEnough(process.versions.node)) {
  keepCompiled(here)
  const { runCli } = await import('../src/index.ts')
  process.exitCode = await runCli(process.argv.slice(2), process)
} else {
  const node = findNode(here)
  if (node === undefined || process.env['VASISTAS_NODE_FOUND'] === '1') {
    process.stderr.write(
      `vasistas needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}. ` +
        'Run `npm ci` in the repository: it brings its own.\n',
    )
    process.exitCode = 1
  } else {
    goOnWith(node)
  }
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}

/** The npm package `node` puts its binary here. @param {string} from */
function findNode(from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * Node keeps sources without their types: the next start needs no compiler. Measured on a server at rest: 166 instead of
 * 220 MB. Where the folder cannot be written Node goes on without. @param {string} from
 */
function keepCompiled(from) {
  const node = findNode(from)
  if (node !== undefined) nodeModule.enableCompileCache(join(node, '../../.cache/vasistas'))
}

/** Signals reach the child, its exit code becomes ours. @param {string} node */
function goOnWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, VASISTAS_NODE_FOUND: '1' },
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (failure) => {
    process.stderr.write(`${node} cannot be started: ${failure.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  })
}
