import { openAdmin } from '@vasistas/server'
import type { CommandContext } from '../command.types.ts'

export async function erase({ recording }: { readonly recording: string }, { config, output }: CommandContext) {
  await using admin = await openAdmin(config)
  const receipt = await admin.eraseRecording(recording)
  output.result(receipt, `Recording ${recording} erased: its key is destroyed, its rows are gone.`)
}
