import type { TimeStamp } from '../core/time.ts'

export type Language = 'en' | 'fr'
export type Role = 'owner' | 'admin' | 'agent' | 'viewer'

export interface Agent {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly language: Language
}

/** `GET /api/state`: the only answer that needs no sign-in besides health. */
export interface AppState {
  readonly version: string
  /** No account exists yet: only the one-time set-up link helps. */
  readonly needsSetup: boolean
  readonly agent: Agent | null
  /** To be sent back as `x-vasistas-csrf` with every request that changes something; null when signed out. */
  readonly csrfToken: string | null
}

/** `POST /api/setup`; the token comes from the link's fragment, never from a query. */
export interface SetupRequest {
  readonly token: string
  readonly email: string
  readonly name: string
  readonly password: string
  readonly language: Language
}

/** `POST /api/sign-in` */
export interface SignInRequest {
  readonly email: string
  readonly password: string
}

/** `POST /api/password` (signed in); every other sign-in of the account ends. */
export interface ChangePasswordRequest {
  readonly current: string
  readonly next: string
}

/** `PATCH /api/account` (signed in) → Agent: what an agent changes of the own account. */
export interface UpdateAccountRequest {
  readonly name?: string
  readonly language?: Language
}

/** Codes that the dashboard turns into sentences in the reader's language. */
export type PasswordWeakness =
  | 'too-short'
  | 'too-long'
  | 'common'
  | 'contains-email'
  | 'contains-name'
  | 'dictionary-word'
  | 'keyboard-pattern'
  | 'repeated'
  | 'sequence'
  | 'date'
  | 'guessable'

/** `POST /api/password-strength {email, name, password}` */
export interface PasswordVerdict {
  readonly accepted: boolean
  /** 0 (guessed at once) to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly weaknesses: readonly PasswordWeakness[]
}

/** `GET /api/sign-ins` lists; `DELETE /api/sign-ins/:id` ends one; `POST /api/sign-out {everywhere}`. */
export interface SignIn {
  readonly id: string
  readonly createdAt: TimeStamp
  readonly seenAt: TimeStamp
  readonly browser: string
  readonly current: boolean
}
