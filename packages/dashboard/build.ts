import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('.', import.meta.url))

/** Builds the dashboard into `packages/dashboard/dist`: static files that the server hands out at `/`. */
export async function buildDashboard({ outDir = `${ROOT}dist` }: { readonly outDir?: string } = {}): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // The CSP has `font-src 'self'` and `img-src 'self'`: nothing may become a data: address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
    },
  })
}

if (import.meta.main) await buildDashboard()
