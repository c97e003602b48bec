interface CatalogueEntry {
  /** Of HTTP. */
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
    cure: 'Start the server again for a new link, or run `vasistas account create`. Links end with the first account, or after 24 hours.',
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
  HOST_UNKNOWN: {
    status: 421,
    title: 'This server is not known under that name.',
    cure: 'Open it under its own address, or give that address with VASISTAS_PUBLIC_URL (behind a proxy: VASISTAS_TRUST_PROXY=1).',
  },
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
    cure: 'The log has the reason under the id that `details.request` tells.',
  },
  BUSY: { status: 503, title: 'The server is busy.', cure: 'Try again after `Retry-After` seconds.' },

  // ---------- what recorders are told; 4xx but 429 is never sent again as it is, 429 and 503 are (docs/PROTOCOL.md)
  ENVELOPE_MALFORMED: {
    status: 400,
    title: 'The batch envelope is malformed.',
    cure: 'Something between page and server changes bodies, or another program sends. The batch is lost.',
  },
  START_MALFORMED: {
    status: 400,
    title: 'The start request is malformed.',
    cure: 'Compare with docs/PROTOCOL.md.',
  },
  ERASE_MALFORMED: {
    status: 400,
    title: 'The erase request is malformed.',
    cure: 'Compare with docs/PROTOCOL.md.',
  },
  BODY_ABORTED: { status: 400, title: 'The body ended early.', cure: 'None: the page was left or the network broke.' },
  TOKEN_INVALID: {
    status: 401,
    title: 'The session token is not valid: start again.',
    cure: 'None: recorders start again by themselves, for instance when the server’s root key was replaced.',
  },
  SESSION_UNKNOWN: {
    status: 401,
    title: 'The session is not known here: start again.',
    cure: 'None: recorders start again by themselves, for instance when a backup was restored.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    title: 'The site does not list this origin.',
    cure: 'Add the page’s origin to the site’s settings.',
  },
  SITE_UNKNOWN: {
    status: 404,
    title: 'The site is not known here.',
    cure: 'Compare `data-site` in the page with the key in the dashboard.',
  },
  BODY_TOO_SLOW: { status: 408, title: 'The body came too slowly.', cure: 'None: recorders try again.' },
  SESSION_OVER: {
    status: 410,
    title: 'The session is over: stop recording.',
    cure: 'None: it was erased, or went on for too long; a new visit makes a new one.',
  },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large.', cure: 'None: recorders send smaller batches.' },
  BATCH_TOO_LARGE: { status: 413, title: 'The batch is too large.', cure: 'None: recorders send smaller batches.' },
  TOO_MANY_STREAMS: {
    status: 429,
    title: 'The session has too many streams.',
    cure: 'None: one visitor loaded a page unusually often.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too much at once: wait.',
    cure: 'Recorders wait and try again. If it lasts, the health page shows how many were refused.',
  },
  SERVER_FULL: {
    status: 503,
    title: 'The server holds too many bodies: wait.',
    cure: 'Recorders wait and try again. If it lasts, the machine or its disk is too slow for the traffic.',
  },
  STORE_BUSY: {
    status: 503,
    title: 'The server cannot store this now: wait.',
    cure: 'Recorders wait and try again. If it lasts, look at the disk’s free space and speed (`vasistas doctor`).',
  },
  INGEST_FAILED: { status: 503, title: 'The server failed: wait.', cure: 'The log has the reason.' },
} as const satisfies Readonly<Record<string, CatalogueEntry>>

export type ErrorCode = keyof typeof ERROR_CATALOGUE
