import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { table, type BenchSection } from './section.ts'

/** Bytes of everything a visitor downloads, beside the smallest recorder of the field. */
export async function benchSizes(): Promise<BenchSection> {
  const folder = fileURLToPath(new URL('../packages/embed/dist/', import.meta.url))
  const ours = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => sizeRow(file.replace(/\.[\w-]{6,}\.js$/, '.js'), readFileSync(folder + file)))
  return {
    title: 'What the visitor downloads',
    notes: ['Bytes. Ours include the privacy engine, consent and transport; @rrweb/record only records.'],
    table: table(
      ['file', 'minified', 'gzip -9', 'brotli -11'],
      [...ours, sizeRow('@rrweb/record 2.1.6', await bundleRrweb())],
    ),
  }
}

function sizeRow(name: string, bytes: Uint8Array): readonly string[] {
  const gzip = gzipSync(bytes, { level: 9 }).byteLength
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength
  return [name, ...[bytes.byteLength, gzip, brotli].map((count) => count.toLocaleString('en'))]
}

async function bundleRrweb(): Promise<Uint8Array> {
  const result = await build({
    stdin: {
      contents: `import { record } from '@rrweb/record'; window.record = record`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error('esbuild wrote nothing')
  return file.contents
}
