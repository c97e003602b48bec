/** The one error body of every endpoint (RFC 9457, `application/problem+json`). Never carries content or secrets. */
export interface Problem {
  /** A code of docs/ERRORS.md, e.g. `PASSWORD_TOO_WEAK`. */
  readonly code: string
  readonly status: number
  /** English; the dashboard shows its own words by code. */
  readonly title: string
  /** Which fields were wrong, or a limit. */
  readonly details?: { readonly [name: string]: string | number | boolean }
}
