import { Gauge, Registry } from 'prom-client'
import type { Health } from '@vasistas/wire/api'

/** Prometheus text of what the health page shows; names are permanent. */
export function createMetrics(readHealth: () => Promise<Health>): {
  text(): Promise<string>
  readonly contentType: string
} {
  const registry = new Registry()
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `vasistas_${name}`, help, labelNames, registers: [registry] })
  const accepted = gauge('accepted_batches', 'Batches acknowledged since the start')
  const duplicates = gauge('duplicate_batches', 'Batches that were durable already')
  const refused = gauge('refused', 'What was refused since the start, by reason', ['reason'])
  const poisoned = gauge('poisoned_batches', 'Batches that could not be opened, by reason', ['reason'])
  const quarantined = gauge('quarantined_batches', 'Batches that held what settings forbid, by reason', ['reason'])
  const backlog = gauge('index_backlog', 'Batches stored and not opened yet')
  const stored = gauge('stored_bytes', 'Bytes of recordings on disk')
  const free = gauge('disk_free_bytes', 'Free bytes on the data disk')
  const memory = gauge('resident_bytes', 'Resident memory of the process')
  return {
    contentType: registry.contentType,
    async text() {
      const health = await readHealth()
      accepted.set(health.acceptedBatches)
      duplicates.set(health.duplicateBatches)
      backlog.set(health.indexBacklog)
      stored.set(health.storedBytes)
      free.set(health.diskFreeBytes)
      memory.set(process.memoryUsage.rss())
      for (const [metric, counts] of [
        [refused, health.refused],
        [poisoned, health.poisoned],
        [quarantined, health.quarantined],
      ] as const) {
        metric.reset()
        for (const { reason, count } of counts) metric.set({ reason }, count)
      }
      return registry.metrics()
    },
  }
}
