import { parentPort } from 'node:worker_threads'

import { createSegmentFormat } from '../store/segmentFormat.ts'
import { indexPayload, type IndexTask } from './indexPayload.ts'

/** The thread in which batches are opened: what kills it kills nothing else (indexWorkers.ts bounds its memory and time). */
const port = parentPort
if (!port) throw new Error('index.worker runs as a worker thread only')

const format = createSegmentFormat()

port.on('message', (task: IndexTask) => {
  port.postMessage(indexPayload(format, task))
})
