import { createClock, createMonitor } from '@vasistas/browser-core'
import { startRecording, type Recording } from '@vasistas/recorder/recording'
import { DEFAULT_PRIVACY } from '@vasistas/wire/core'
import { encodeRecord } from '@vasistas/wire/recording'

/** The product's own recorder, which hands each record out as it would travel. */
export function begin(tell: (record: string) => void): Recording | undefined {
  return startRecording({
    page: window,
    privacy: DEFAULT_PRIVACY,
    clock: createClock(),
    monitor: createMonitor(() => undefined),
    marks: [],
    emit: (record) => tell(encodeRecord(record)),
  })
}
