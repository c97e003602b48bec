import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChromiumPage } from '@vasistas/testing'

/** What startStaticServer serves under one path. */
export type Served = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void)

/** One thing that a visitor or the page does; when it resolves the page is still. */
interface SiteStep {
  readonly name: string
  run(page: ChromiumPage): Promise<void>
}

/** A small site that has what recorders stumble over. */
export interface TestSite {
  readonly name: string
  /** Where a visit begins. */
  readonly start: string
  /** Pages and files by path, for startStaticServer; the snippet goes into each page that is not inside a frame. */
  pages(snippet: string): Readonly<Record<string, Served>>
  readonly steps: readonly SiteStep[]
  /** What the steps type into fields: never in a recording where form inputs are off. */
  readonly typed: readonly string[]
}
