import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { benchIngest, benchRecorder, benchSeek, benchSizes, type BenchSection } from '@vasistas/bench'
import { buildAll } from './build/buildAll.ts'

/**
 * `npm run bench [recorder|server|player|sizes …] [--repetitions N] [--write]`: measures and prints; `--write` puts the
 * result into docs/BENCHMARKS.md, which holds whole runs only.
 */
const root = resolve(import.meta.dirname, '..')
const repetitions = Number(/--repetitions[= ](\d+)/.exec(process.argv.join(' '))?.[1] ?? 3)
const BENCHES: Readonly<Record<string, () => Promise<BenchSection>>> = {
  sizes: benchSizes,
  recorder: () => benchRecorder(repetitions),
  server: () => benchIngest(),
  player: () => benchSeek(),
}
const wanted = process.argv.slice(2).filter((word) => Object.hasOwn(BENCHES, word))
const isWhole = wanted.length === 0

if (!(await buildAll(root, { onlyStale: true }, (line) => console.error(line)))) process.exit(1)
const parts: string[] = [heading()]
for (const name of isWhole ? Object.keys(BENCHES) : wanted) {
  console.error(`measuring ${name} …`)
  const { title, notes, table } = (await BENCHES[name]?.()) ?? { title: name, notes: [], table: '' }
  parts.push(
    [`## ${title}`, ...notes, table, `Command: \`npm run bench -- ${name} --repetitions ${repetitions}\``].join('\n\n'),
  )
}
const text = parts.join('\n\n') + '\n'
console.log(text)
if (isWhole && process.argv.includes('--write')) writeFileSync(resolve(root, 'docs/BENCHMARKS.md'), text)

function heading(): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}`
  return [
    '# Benchmarks',
    `Measured on ${new Date().toISOString().slice(0, 10)} on ${machine}, by \`npm run bench -- --write\`. Machines like this drift by 10 to 20 % between minutes: compare within a run, not between runs.`,
  ].join('\n\n')
}
