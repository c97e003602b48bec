import { openAdmin } from '@vasistas/server'
import type { RecordingSummary } from '@vasistas/wire/api'
import type { CommandContext } from '../command.types.ts'
import { formatTable } from '../output.ts'

export interface ListRecordingsOptions {
  readonly site?: string
  readonly limit: number
  readonly cursor?: string
}

export async function listRecordings(options: ListRecordingsOptions, { config, output }: CommandContext) {
  await using admin = await openAdmin(config)
  const page = await admin.listRecordings(options)
  output.result(page, formatTable(['ID', 'START', 'DURATION', 'PAGES', 'CLICKS', 'STATE'], page.items.map(describe)))
  if (page.nextCursor !== null) output.note(`More: add --cursor ${page.nextCursor}`)
}

function describe({ id, startedAt, durationMs, pages, clicks, state }: RecordingSummary): readonly string[] {
  const start = new Date(startedAt).toISOString().replace('T', ' ').slice(0, 19)
  return [id, start, describeDuration(durationMs), String(pages), String(clicks), state]
}

/** `1:02:03` or `2:03`. */
function describeDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}
