import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

export interface SizeBudget {
  readonly file: RegExp
  /** Bytes after brotli at its best. */
  readonly brotliBytes: number
}

export interface FileSize {
  readonly file: string
  readonly rawBytes: number
  readonly brotliBytes: number
}

/** What a visitor's browser downloads (design.md, "Limits that are promises"). */
export const SIZE_BUDGETS: readonly SizeBudget[] = [
  { file: /^v\.js$/, brotliBytes: 3 * 1024 },
  // A ratchet at what it weighs: 16 KiB is promised (design.md) and not reached yet.
  { file: /^recorder\.[\w-]+\.js$/, brotliBytes: 24 * 1024 },
]

/** Sizes of a folder's scripts; empty when nothing is built. */
export function listSizes(folder: string): readonly FileSize[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => measure(file, readFileSync(join(folder, file))))
}

/** A budget that is passed, a budget without its file, a script without a budget: each is a problem. */
export function findSizeProblems(sizes: readonly FileSize[], budgets: readonly SizeBudget[]): readonly string[] {
  const tooBig = sizes.flatMap(({ file, brotliBytes }) => {
    const budget = budgets.find((candidate) => candidate.file.test(file))
    if (!budget) return [`${file} has no budget`]
    return brotliBytes > budget.brotliBytes
      ? [`${file} is ${brotliBytes} bytes after brotli, ${brotliBytes - budget.brotliBytes} over its budget`]
      : []
  })
  const missing = budgets.filter(({ file }) => !sizes.some((size) => file.test(size.file)))
  return [...tooBig, ...missing.map(({ file }) => `nothing built matches ${file.source}`)]
}

function measure(file: string, bytes: Buffer): FileSize {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return { file, rawBytes: bytes.byteLength, brotliBytes: brotli.byteLength }
}
