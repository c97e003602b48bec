import type {
  AppState,
  AuditEntry,
  ChangePasswordRequest,
  CreateSiteRequest,
  Health,
  Installation,
  ListRecordingsQuery,
  Manifest,
  Page,
  PasswordVerdict,
  Problem,
  RecordingDetail,
  RecordingSummary,
  SetupRequest,
  SignIn,
  SignInRequest,
  Site,
  UpdateAccountRequest,
  UpdateSiteRequest,
} from '@vasistas/wire/api'
import type { RecordingId, SiteId } from '@vasistas/wire/core'
import { ApiProblem } from './apiProblem.ts'

export type ApiClient = ReturnType<typeof createApiClient>

interface Dependencies {
  readonly fetch: typeof fetch
  /** From the last `AppState`. */
  readonly csrfToken: () => string | null
  /** An answer said that nobody is signed in any more. */
  readonly onSignedOut: () => void
}

/** Every call of the HTTP contract (`@vasistas/wire/api`). A refusal is an `ApiProblem`. */
export function createApiClient({ fetch, csrfToken, onSignedOut }: Dependencies) {
  async function call<Answer>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
    const headers = new Headers({ accept: 'application/json' })
    if (body) headers.set('content-type', 'application/json')
    const csrf = csrfToken()
    if (csrf && method !== 'GET') headers.set('x-vasistas-csrf', csrf)
    const request: RequestInit = { method, headers, credentials: 'same-origin' }
    if (body) request.body = JSON.stringify(body)
    if (signal) request.signal = signal
    const response = await fetch(path, request).catch((error: unknown) => {
      if (signal?.aborted) throw error
      throw new ApiProblem({ code: 'NETWORK', status: 0, title: 'The server was not reached' }, { cause: error })
    })
    if (response.ok) return (await readJson(response)) as Answer
    const problem = await readProblem(response)
    if (problem.code === 'SIGN_IN_REQUIRED') onSignedOut()
    throw problem
  }

  const recordingPath = (id: RecordingId) => `/api/recordings/${encodeURIComponent(id)}`

  return {
    state: (signal?: AbortSignal) => call<AppState>('GET', '/api/state', undefined, signal),
    setUp: (request: SetupRequest) => call('POST', '/api/setup', request),
    signIn: (request: SignInRequest) => call('POST', '/api/sign-in', request),
    signOut: (everywhere: boolean) => call('POST', '/api/sign-out', { everywhere }),
    changePassword: (request: ChangePasswordRequest) => call('POST', '/api/password', request),
    updateAccount: (change: UpdateAccountRequest) => call('PATCH', '/api/account', change),
    passwordStrength: (about: { email: string; name: string; password: string }, signal?: AbortSignal) =>
      call<PasswordVerdict>('POST', '/api/password-strength', about, signal),
    signIns: () => call<{ readonly items: readonly SignIn[] }>('GET', '/api/sign-ins').then(({ items }) => items),
    endSignIn: (id: string) => call('DELETE', `/api/sign-ins/${encodeURIComponent(id)}`),

    sites: () => call<{ readonly items: readonly Site[] }>('GET', '/api/sites').then(({ items }) => items),
    createSite: (request: CreateSiteRequest) => call<Site>('POST', '/api/sites', request),
    updateSite: (id: SiteId, change: UpdateSiteRequest) => call<Site>('PATCH', `/api/sites/${id}`, change),
    installation: (id: SiteId) => call<Installation>('GET', `/api/sites/${id}/installation`),

    recordings: (query: ListRecordingsQuery, signal?: AbortSignal) =>
      call<Page<RecordingSummary>>('GET', `/api/recordings${queryText({ ...query })}`, undefined, signal),
    recording: (id: RecordingId) => call<RecordingDetail>('GET', recordingPath(id)),
    eraseRecording: (id: RecordingId) => call<{ readonly erased: number }>('DELETE', recordingPath(id)),
    /** Must come before anything of the recording is played. */
    logWatch: (id: RecordingId) => call('POST', `${recordingPath(id)}/watches`, {}),
    manifest: (id: RecordingId) => call<Manifest>('GET', `${recordingPath(id)}/manifest`),
    /** An address for a download; the server notes that it was exported. */
    exportUrl: (id: RecordingId) => `${recordingPath(id)}/export`,

    audit: (cursor: string | undefined) => call<Page<AuditEntry>>('GET', `/api/audit${queryText({ cursor })}`),
    health: () => call<Health>('GET', '/api/health'),
  }
}

type QueryValue = string | number | boolean | undefined

export function queryText(query: Readonly<Record<string, QueryValue>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : [[name, String(value)]],
  )
  return pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : ''
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  return text ? (JSON.parse(text) as unknown) : undefined
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const unknown = { code: 'UNKNOWN', status: response.status, title: `HTTP ${response.status}` }
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || 0
  try {
    const body = (await readJson(response)) as Partial<Problem> | undefined
    return new ApiProblem({ ...unknown, ...body, status: response.status }, { retryAfterSeconds })
  } catch (cause) {
    return new ApiProblem(unknown, { cause, retryAfterSeconds }) // a proxy's page instead of ours
  }
}
