import { createClock, createMonitor } from '@vasistas/browser-core'
import { DEFAULT_PRIVACY, type PrivacyPolicy } from '@vasistas/wire/core'
import { encodeRecord, type ReplayRecord } from '@vasistas/wire/recording'
import type { Mark } from '../src/nodePrivacy.ts'
import { startRecording, type Recording } from '../src/startRecording.ts'

/** What the tests put into a real page: a recording whose records stay at hand. */
export interface RecorderInPage {
  readonly records: ReplayRecord[]
  /** The bytes that would leave. */
  readonly sent: string[]
  readonly failures: string[]
  readonly recording: Recording | undefined
}

export function record(
  policy: Partial<PrivacyPolicy> = {},
  marks: readonly { readonly target: string | Element; readonly mark: Mark }[] = [],
): RecorderInPage {
  const records: ReplayRecord[] = []
  const sent: string[] = []
  const failures: string[] = []
  const recording = startRecording({
    page: window,
    privacy: { ...DEFAULT_PRIVACY, ...policy },
    clock: createClock(),
    monitor: createMonitor((code) => failures.push(code)),
    marks,
    emit(told) {
      records.push(told)
      sent.push(encodeRecord(told))
    },
  })
  return { records, sent, failures, recording }
}
