export { startSession, type RecordedSession, type SessionOptions } from './startSession.ts'
export { eraseRecorded } from './eraseRecorded.ts'
