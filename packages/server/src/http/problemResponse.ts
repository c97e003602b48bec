import type { Problem } from '@vasistas/wire/api'
import { AppError } from '../errors/appError.ts'
import { ERROR_CATALOGUE, type ErrorCode } from '../errors/errorCatalogue.ts'

export interface ProblemResponse {
  readonly problem: Problem
  readonly retryAfterSeconds: number | undefined
  /** Ours: to be logged with its cause. */
  readonly isFault: boolean
}

const RETRY_SECONDS = 2
const LONGEST_PATH = 100

/** The framework's and the store's own errors, by their code. */
const FOREIGN: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_VALIDATION: 'INVALID_REQUEST',
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_REQUEST',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_REQUEST',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_REQUEST',
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
  BUSY: 'BUSY',
}

export interface FailedRequest {
  /** Under which the log has it. */
  readonly id: string
  readonly bodyLimit: number
}

/** Any error to the one error body. What we did not foresee is INTERNAL and says nothing more than where to look. */
export function problemResponse(error: unknown, { id, bodyLimit }: FailedRequest): ProblemResponse {
  if (error instanceof AppError) return respond(error.code, error.details, error.retryAfterSeconds)
  const { code, statusCode, validation } = describe(error)
  const known = code !== undefined && Object.hasOwn(FOREIGN, code) ? FOREIGN[code] : undefined
  if (known === 'INVALID_REQUEST' && validation) return respond(known, { field: validation })
  if (known === 'TOO_LARGE') return respond(known, { max: bodyLimit })
  if (known) return respond(known, undefined, known === 'BUSY' ? RETRY_SECONDS : undefined)
  if (statusCode === 429) return respond('TOO_MANY_REQUESTS', undefined, retryAfterOf(error))
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return respond(statusCode === 404 ? 'NOT_FOUND' : 'INVALID_REQUEST')
  }
  return respond('INTERNAL', { request: id })
}

function respond(code: ErrorCode, details?: Problem['details'], retryAfterSeconds?: number): ProblemResponse {
  const { status, title } = ERROR_CATALOGUE[code]
  return {
    problem: { code, status, title, ...(details && { details }) },
    retryAfterSeconds,
    isFault: status === 500,
  }
}

interface Described {
  readonly code: string | undefined
  readonly statusCode: number | undefined
  /** Which field, never which value. */
  readonly validation: string | undefined
}

function describe(error: unknown): Described {
  if (typeof error !== 'object' || error === null)
    return { code: undefined, statusCode: undefined, validation: undefined }
  const { code, statusCode, validation } = error as { code?: unknown; statusCode?: unknown; validation?: unknown }
  const [first] = Array.isArray(validation) ? (validation as { instancePath?: unknown }[]) : []
  const path = typeof first?.instancePath === 'string' ? first.instancePath : ''
  return {
    code: typeof code === 'string' ? code : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    validation: first ? path.slice(0, LONGEST_PATH) || '/' : undefined,
  }
}

function retryAfterOf(error: unknown): number {
  const { ttlInSeconds } = error as { ttlInSeconds?: unknown }
  return typeof ttlInSeconds === 'number' ? ttlInSeconds : 60
}
