import { spreadOf, type Spread } from '../statistics.ts'
import { table, type BenchSection } from '../section.ts'
import { measureInChromium, type Measurement, type Subject, type Workload } from './measureInChromium.ts'

const NAMES: Readonly<Record<Subject, string>> = {
  nothing: 'no recorder (total)',
  mutationObserver: 'bare MutationObserver',
  ours: '**Vasistas**',
  rrweb: '@rrweb/record 2.1.6',
}
const WORKLOADS: readonly (readonly [Workload, string])[] = [
  ['snapshot10k', 'snapshot of 10,000 nodes'],
  ['snapshot50k', 'snapshot of 50,000 nodes'],
  ['storm', 'table storm: 6 × create, update, remove 1,000 rows'],
]
type Figure = 'taskMs' | 'longestTaskMs' | 'blockedMs'

/** What recording costs the visitor's main thread, beside the same page without it and with others, in one run. */
export async function benchRecorder(repetitions: number): Promise<BenchSection> {
  const measurements = await measureInChromium(repetitions)
  const rows = WORKLOADS.flatMap(([workload, title]) =>
    (['mutationObserver', 'ours', 'rrweb'] as const).map((subject) => [
      title,
      NAMES[subject],
      spreadText(added(measurements, subject, workload, 'taskMs')),
      spreadText(added(measurements, subject, workload, 'blockedMs')),
      spreadText(spreadOf(select(measurements, subject, workload).map((measured) => measured.longestTaskMs))),
    ]),
  )
  return {
    title: 'What recording costs the visitor',
    notes: [
      `Chromium, fresh page for each, order turned, ${repetitions} repetitions. Milliseconds: median (lowest to highest). "Added" is the difference to the same repetition without a recorder; "blocked" is the time inside the page's own operations.`,
    ],
    table: table(['workload', 'recorder', 'added main-thread time', 'added blocking', 'longest task'], rows),
  }
}

function select(measurements: readonly Measurement[], subject: Subject, workload: Workload): readonly Measurement[] {
  return measurements.filter((measured) => measured.subject === subject && measured.workload === workload)
}

function added(measurements: readonly Measurement[], subject: Subject, workload: Workload, figure: Figure): Spread {
  const floor = select(measurements, 'nothing', workload)
  return spreadOf(
    select(measurements, subject, workload).map((measured, index) => measured[figure] - (floor[index]?.[figure] ?? 0)),
  )
}

function spreadText({ median, low, high }: Spread): string {
  return `${median.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`
}
