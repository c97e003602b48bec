import type { MessageKey, Translator } from '../translations/translator.ts'
import { ApiProblem } from './apiProblem.ts'

/** The sentence for each code a reader can meet; the others are told with their code, to be looked up. */
const SENTENCES: Readonly<Record<string, MessageKey>> = {
  NETWORK: 'problem.network',
  INVALID_REQUEST: 'problem.invalidRequest',
  INVALID_SETTING: 'problem.invalidSetting',
  INVALID_ORIGIN: 'problem.invalidOrigin',
  PASSWORD_TOO_WEAK: 'problem.passwordTooWeak',
  EMAIL_INVALID: 'problem.emailInvalid',
  EMAIL_TAKEN: 'problem.emailTaken',
  SIGN_IN_REQUIRED: 'problem.signInRequired',
  SIGN_IN_FAILED: 'problem.signInFailed',
  SETUP_LINK_INVALID: 'problem.setupLinkInvalid',
  PASSWORD_WRONG: 'problem.passwordWrong',
  CSRF_REFUSED: 'problem.csrfRefused',
  FORBIDDEN: 'problem.forbidden',
  WATCH_NOT_LOGGED: 'problem.watchNotLogged',
  NOT_FOUND: 'problem.notFound',
  TOO_MANY_REQUESTS: 'problem.tooManyRequests',
  TOO_MANY_SIGN_INS: 'problem.tooManySignIns',
  INTERNAL: 'problem.internal',
  BUSY: 'problem.busy',
}

/** What went wrong, in the reader's language, with what helps. */
export function problemText(error: unknown, { t }: Pick<Translator, 't'>): string {
  if (!(error instanceof ApiProblem)) return t('problem.unexpected')
  const key = SENTENCES[error.code]
  if (!key) return t('problem.code', { code: error.code })
  const { setting = '' } = error.details
  return t(key, { setting: String(setting), minutes: Math.max(1, Math.ceil(error.retryAfterSeconds / 60)) })
}

export function isThrottled(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 429
}
