/** A queue is full or a deadline passed: nothing was done, trying later helps. Answered with 503. */
export class StoreBusyError extends Error {
  readonly code = 'BUSY'
  constructor(what: string) {
    super(`the store is busy: ${what}`)
    this.name = 'StoreBusyError'
  }
}

/** A thread or disk failed in a way that makes promises impossible: the process must end and recover at boot. */
export class StoreFailedError extends Error {
  readonly code = 'FAILED'
  constructor(what: string, options?: ErrorOptions) {
    super(`the store failed: ${what}`, options)
    this.name = 'StoreFailedError'
  }
}

/** Another process serves this data folder. */
export class StoreInUseError extends Error {
  readonly code = 'IN_USE'
  constructor(folder: string) {
    super(`another process serves ${folder}`)
    this.name = 'StoreInUseError'
  }
}

/** The data was written by a newer version. */
export class SchemaTooNewError extends Error {
  readonly code = 'SCHEMA_TOO_NEW'
  constructor(found: number, known: number) {
    super(`the data folder has schema ${found}, this version knows ${known}: run the newer version`)
    this.name = 'SchemaTooNewError'
  }
}
