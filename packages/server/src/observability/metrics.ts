import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Registry } from 'prom-client'
import type { Health } from '@vasistas/wire/api'

export interface Metrics {
  /** In Prometheus' text form, read anew. */
  text(): Promise<string>
  readonly contentType: string
  stop(): void
}

const NANOSECONDS = 1e9

/** What the health page shows and how the process does, for machines; names are permanent. */
export function startMetrics(readHealth: () => Promise<Health>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `vasistas_${name}_total`, help, labelNames, registers })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `vasistas_${name}`, help, labelNames, registers })

  const accepted = counter('accepted_batches', 'Batches acknowledged since the start')
  const duplicates = counter('duplicate_batches', 'Batches that were durable already, since the start')
  const refused = counter('refused', 'What was refused since the start, by reason', ['reason'])
  const poisoned = gauge('poisoned_batches', 'Stored batches that could not be opened, by reason', ['reason'])
  const quarantined = gauge('quarantined_batches', 'Stored batches that hold what settings forbid, by reason', [
    'reason',
  ])
  const backlog = gauge('index_backlog', 'Batches stored and not opened yet')
  const stored = gauge('stored_bytes', 'Bytes of recordings on disk')
  const free = gauge('disk_free_bytes', 'Free bytes on the data disk')
  const memory = gauge('resident_bytes', 'Resident memory of the process')
  const loopDelay = gauge('loop_delay_p99_seconds', 'How late the event loop was since the last look, 99th percentile')
  const delays = monitorEventLoopDelay()
  delays.enable()

  function show(health: Health): void {
    backlog.set(health.indexBacklog)
    stored.set(health.storedBytes)
    free.set(health.diskFreeBytes)
    memory.set(process.memoryUsage.rss())
    loopDelay.set(delays.percentile(99) / NANOSECONDS)
    delays.reset()
    for (const metric of [accepted, duplicates, refused, poisoned, quarantined]) metric.reset()
    accepted.inc(health.acceptedBatches)
    duplicates.inc(health.duplicateBatches)
    for (const { reason, count } of health.refused) refused.inc({ reason }, count)
    for (const { reason, count } of health.poisoned) poisoned.set({ reason }, count)
    for (const { reason, count } of health.quarantined) quarantined.set({ reason }, count)
  }

  return {
    contentType: registry.contentType,
    async text() {
      show(await readHealth())
      return registry.metrics()
    },
    stop: () => void delays.disable(),
  }
}
