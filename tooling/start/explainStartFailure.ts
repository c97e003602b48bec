/** A sentence with what to do, instead of a stack. */
export function explainStartFailure(error: unknown): string {
  const { code, port, message } = error as { code?: unknown; port?: unknown; message?: unknown }
  if (code === 'EADDRINUSE') {
    return `port ${String(port)} is taken: stop what uses it, or choose others with npm start -- --port 4400 --shop-port 4401`
  }
  if (code === 'IN_USE')
    return `${String(message)}: stop it first, or choose another folder with npm start -- --data ./other`
  if (code === 'EACCES' || code === 'EROFS') return `the data folder cannot be written (${code})`
  return typeof message === 'string' ? message : String(error)
}
