export { startSession, type RecordedSession, type SessionOptions } from './startSession.ts'
