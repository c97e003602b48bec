export { createClock, type Clock } from './clock.ts'
export { createRandom, type Random } from './random.ts'
export { createMonitor, type Monitor } from './monitor.ts'
export { stopAll, type Stoppable } from './stopAll.ts'
export { addEventListener } from './addEventListener.ts'
export { onPageExit, type PageExit } from './pageExit.ts'
export {
  CONSENT_NAME,
  createConsentState,
  refusesInBrowser,
  type ConsentChoice,
  type ConsentState,
} from './consent/consentState.ts'
export { createIdentityStorage, STORAGE_PREFIX, type IdentityStorage } from './identity/identityStorage.ts'
export { ERASE_NAME, findVisitor, forgetVisitor, getOrCreateVisitor } from './identity/visitorIdentity.ts'
export { createSessionTracker, type KnownSession, type SessionTracker } from './identity/sessionTracker.ts'
export { backOff } from './transport/backOff.ts'
export { createIngestTransport, type IngestAnswer, type IngestTransport } from './transport/ingestTransport.ts'
export { createRetryQueue, type RetryQueue, type SendOutcome } from './transport/retryQueue.ts'
export { instrument } from './instrument.ts'
export { throttle, type Throttled } from './throttle.ts'
export { isDocument, isElement, isShadowRoot, isText } from './nodeGuards.ts'
export { createPristine, type Content, type Pristine, type Structure } from './pristine.ts'
