import { examineInstallation } from '@vasistas/server'
import { CommandFailure } from '../commandFailure.ts'
import type { CommandContext } from '../command.types.ts'
import { EXIT } from '../exitCodes.ts'
import { formatTable } from '../output.ts'

const SIGNS = { ok: 'ok', warning: 'LOOK', failed: 'FAILED' } as const

export async function doctor({ config, output }: CommandContext): Promise<void> {
  const examination = await examineInstallation(config)
  const { findings, healthy } = examination
  const checks = formatTable(
    ['', 'CHECK', 'FOUND'],
    findings.map(({ status, check, detail }) => [SIGNS[status], check, detail]),
  )
  const settings = formatTable(
    ['SETTING', 'VALUE'],
    Object.entries(examination.config).map(([name, value]) => [name, describe(value)]),
  )
  output.result(examination, `${checks}\n\n${settings}`)
  if (healthy) return
  const failed = findings.filter(({ status }) => status === 'failed').map(({ check }) => check)
  throw new CommandFailure(EXIT.failed, 'UNHEALTHY', `failed: ${failed.join(', ')}`)
}

function describe(value: unknown): string {
  if (value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
