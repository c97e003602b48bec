interface CatalogueEntry {
  readonly status: number
  /** Shown to callers as it stands: no content, no secret, nothing that tells whether something exists elsewhere. */
  readonly title: string
  /** What to do about it, for docs/ERRORS.md. */
  readonly cure: string
}

/** Every error that HTTP answers with. Codes are permanent; docs/ERRORS.md is made from this table. */
export const ERROR_CATALOGUE = {
  INVALID_REQUEST: {
    status: 400,
    title: 'The request is not of the expected form.',
    cure: 'Compare with /openapi.json; `details` names the field.',
  },
  INVALID_SETTING: {
    status: 422,
    title: 'A setting has a value that is not allowed.',
    cure: '`details.setting` names it, `details.reason` says why.',
  },
  INVALID_ORIGIN: {
    status: 422,
    title: 'An origin is not of the form https://host or https://host:port.',
    cure: 'Give scheme and host only, without a path.',
  },
  PASSWORD_TOO_WEAK: {
    status: 422,
    title: 'The password is too easy to guess.',
    cure: '`details.weaknesses` lists the reasons; POST /api/password-strength tells them beforehand.',
  },
  EMAIL_INVALID: { status: 422, title: 'This is not an e-mail address.', cure: 'Correct the address.' },
  EMAIL_TAKEN: { status: 409, title: 'An account with this e-mail address exists.', cure: 'Use another address.' },
  SIGN_IN_REQUIRED: { status: 401, title: 'Sign in first.', cure: 'POST /api/sign-in.' },
  SIGN_IN_FAILED: {
    status: 401,
    title: 'E-mail address or password is wrong.',
    cure: 'Check both; it is not said which of them is wrong.',
  },
  SETUP_LINK_INVALID: {
    status: 403,
    title: 'This set-up link was used, is too old, or is not of this server.',
    cure: 'Start the server again for a new link, or run `vasistas account create`.',
  },
  PASSWORD_WRONG: { status: 403, title: 'The current password is wrong.', cure: 'Check it.' },
  CSRF_REFUSED: {
    status: 403,
    title: 'The request did not come from this dashboard.',
    cure: 'Send `x-vasistas-csrf` from GET /api/state and the dashboard’s own Origin.',
  },
  FORBIDDEN: { status: 403, title: 'Your role does not allow this.', cure: 'Ask an owner of the account.' },
  WATCH_NOT_LOGGED: {
    status: 403,
    title: 'Say that you watch this recording before you fetch it.',
    cure: 'POST /api/recordings/:id/watches first; it holds for 12 hours.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing here.',
    cure: 'Check the address. What belongs to another account, or was erased, answers the same.',
  },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method.', cure: 'See /openapi.json.' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive.', cure: 'Try again.' },
  TOO_LARGE: { status: 413, title: 'The request is too large.', cure: '`details.max` is the limit in bytes.' },
  UNSUPPORTED_TYPE: { status: 415, title: 'The content type is not accepted.', cure: 'Send application/json.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests.',
    cure: 'Wait as long as `Retry-After` says.',
  },
  TOO_MANY_SIGN_INS: {
    status: 429,
    title: 'Too many failed sign-ins.',
    cure: 'Wait as long as `Retry-After` says; each failure makes it longer.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong in the server.',
    cure: 'The log has the reason under the request’s id.',
  },
  BUSY: { status: 503, title: 'The server is busy.', cure: 'Try again after `Retry-After` seconds.' },
} as const satisfies Readonly<Record<string, CatalogueEntry>>

export type ErrorCode = keyof typeof ERROR_CATALOGUE
