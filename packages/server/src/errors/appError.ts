import { ERROR_CATALOGUE, type ErrorCode } from './errorCatalogue.ts'

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/** The caller's fault, or ours with an answer: status and text are fixed by the catalogue. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined
  /** Seconds, for `Retry-After`. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, details?: ErrorDetails, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(ERROR_CATALOGUE[code].title, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** `throw appError('TOO_LARGE', { max })`; details are shown to the caller: never content, never secrets. */
export const appError = (
  code: ErrorCode,
  details?: ErrorDetails,
  options: ErrorOptions & { retryAfterSeconds?: number } = {},
): AppError => new AppError(code, details, options)
