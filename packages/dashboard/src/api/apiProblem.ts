import type { Problem } from '@vasistas/wire/api'

/** The server said no, or was not reached (`code: 'NETWORK'`, status 0). */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly details: NonNullable<Problem['details']>
  /** When it makes sense to ask again; 0: not said. */
  readonly retryAfterSeconds: number

  constructor({ code, status, title, details = {} }: Problem, options: ProblemOptions = {}) {
    super(title, options)
    this.retryAfterSeconds = options.retryAfterSeconds ?? 0
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.details = details
  }
}

interface ProblemOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number
}

export function isProblem(error: unknown, code: string): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code
}
