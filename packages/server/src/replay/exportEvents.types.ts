/** What the export's thread is asked, one batch at a time. */
export interface ExportQuestion {
  readonly gzip: boolean
  readonly payload: Uint8Array
}

export interface ExportAnswer {
  readonly events: string | undefined
}
