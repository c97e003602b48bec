import { open, rename, rm } from 'node:fs/promises'
import { openAdmin } from '@vasistas/server'
import type { CommandContext } from '../command.types.ts'

export interface ExportOptions {
  readonly format: 'rrweb' | 'json'
  readonly output?: string
}

export async function exportRecording(
  id: string,
  options: ExportOptions,
  { config, output, terminal }: CommandContext,
) {
  await using admin = await openAdmin(config)
  const parts = await admin.exportRecording(id, options.format)
  if (options.output === undefined) {
    for await (const part of parts) await write(terminal.stdout, part)
    return
  }
  const bytes = await writeFile(options.output, parts)
  output.result({ recording: id, file: options.output, bytes }, `${options.output}: ${bytes} bytes`)
}

function write(stream: NodeJS.WritableStream, part: string): Promise<void> {
  return new Promise((settle, reject) => {
    stream.write(part, (failure) => (failure ? reject(failure) : settle()))
  })
}

/** Whole or not at all; readable by its owner only, since it holds what a visitor did. */
async function writeFile(path: string, parts: AsyncIterable<string>): Promise<number> {
  const unfinished = `${path}.part`
  const file = await open(unfinished, 'w', 0o600)
  let bytes = 0
  try {
    for await (const part of parts) {
      await file.writeFile(part) // goes on where the last part ended
      bytes += Buffer.byteLength(part)
    }
    await file.close()
    await rename(unfinished, path)
    return bytes
  } catch (failure) {
    await file.close().catch(() => undefined) // it may be closed already; the first failure is the one to tell
    await rm(unfinished, { force: true })
    throw failure
  }
}
