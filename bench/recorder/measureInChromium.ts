import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { openChromium, startStaticServer } from '@vasistas/testing'
import type { MeasuredRecorder } from './pages/measured.types.ts'
import type { buildPage, runStorm, takeSnapshot } from './pages/workloads.ts'

export type Subject = 'nothing' | 'mutationObserver' | 'ours' | 'rrweb'
export type Workload = 'snapshot10k' | 'snapshot50k' | 'storm'

export interface Measurement {
  readonly subject: Subject
  readonly workload: Workload
  readonly repetition: number
  /** CPU time of the main thread's tasks during the workload (CDP TaskDuration, thread ticks). */
  readonly taskMs: number
  readonly scriptMs: number
  /** The page's own operations and the observers' microtasks after them; 0 for snapshots. */
  readonly blockedMs: number
  /** By the wall clock; 0 when no task took 50 ms. */
  readonly longestTaskMs: number
}

const SUBJECTS: readonly Subject[] = ['nothing', 'mutationObserver', 'ours', 'rrweb']
const WORKLOADS: readonly Workload[] = ['snapshot10k', 'snapshot50k', 'storm']
const NODES = { snapshot10k: 10_000, snapshot50k: 50_000, storm: 0 }

/** Every subject on every workload, each in a fresh page, the order turned by one from repetition to repetition. */
export async function measureInChromium(repetitions: number): Promise<readonly Measurement[]> {
  const scripts = new Map<Subject, string>()
  for (const subject of SUBJECTS) scripts.set(subject, await bundleSubject(subject))
  await using site = await startStaticServer({ '/': '<!doctype html><title>bench</title><body></body>' })
  await using browser = await openChromium()
  const measurements: Measurement[] = []
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const workload of WORKLOADS) {
      for (let turn = 0; turn < SUBJECTS.length; turn++) {
        const subject = SUBJECTS[(turn + repetition) % SUBJECTS.length] ?? 'nothing'
        const figures = await measureOnce(browser, site.origin, scripts.get(subject) ?? '', workload)
        measurements.push({ subject, workload, repetition, ...figures })
      }
    }
  }
  return measurements
}

type Browser = Awaited<ReturnType<typeof openChromium>>
type Figures = Omit<Measurement, 'subject' | 'workload' | 'repetition'>

async function measureOnce(browser: Browser, origin: string, script: string, workload: Workload): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.goto(origin)
    await page.addScriptTag({ content: script })
    if (NODES[workload] > 0) await page.evaluate((nodes) => window.bench.buildPage(nodes), NODES[workload])
    await page.evaluate(() => {
      window.longestTaskMs = 0
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longestTaskMs = Math.max(window.longestTaskMs, duration)
      }).observe({ type: 'longtask' })
      return new Promise((resolve) => setTimeout(resolve, 200))
    })
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await readMetrics(cdp)
    const blockedMs = await page.evaluate(async (isStorm) => {
      if (isStorm) return window.bench.runStorm(window.bench.recorder)
      await window.bench.takeSnapshot(window.bench.recorder)
      return 0
    }, workload === 'storm')
    const after = await readMetrics(cdp)
    const longestTaskMs = await page.evaluate(() => window.longestTaskMs)
    return {
      taskMs: after.taskMs - before.taskMs,
      scriptMs: after.scriptMs - before.scriptMs,
      blockedMs,
      longestTaskMs,
    }
  } finally {
    await context.close()
  }
}

type Cdp = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['newCDPSession']>>

async function readMetrics(cdp: Cdp): Promise<{ readonly taskMs: number; readonly scriptMs: number }> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const find = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? NaN) * 1000
  return { taskMs: find('TaskDuration'), scriptMs: find('ScriptDuration') }
}

/** The recorder and the workloads as one minified script, as a site would load it. */
async function bundleSubject(subject: Subject): Promise<string> {
  const folder = fileURLToPath(new URL('./pages/', import.meta.url))
  const result = await build({
    stdin: {
      contents: `export { recorder } from './${subject}.ts'; export { buildPage, takeSnapshot, runStorm } from './workloads.ts'`,
      resolveDir: folder,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'bench',
    target: 'es2022',
  })
  return result.outputFiles[0]?.text ?? ''
}

declare global {
  interface Window {
    bench: {
      readonly recorder: MeasuredRecorder
      readonly buildPage: typeof buildPage
      readonly takeSnapshot: typeof takeSnapshot
      readonly runStorm: typeof runStorm
    }
    longestTaskMs: number
  }
}
