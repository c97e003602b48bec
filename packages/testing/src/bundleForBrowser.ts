import { build } from 'esbuild'

/**
 * One TypeScript entry as a classic script that puts its exports on `window[globalName]`: how tests bring a module into a
 * real page. Unminified, so that a failing test shows the source.
 */
export async function bundleForBrowser(entry: string, globalName: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName,
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error(`esbuild wrote nothing for ${entry}`)
  return file.text
}
