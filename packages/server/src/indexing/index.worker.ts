import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'

import { createSegmentFormat } from '../store/segmentFormat.ts'
import { indexPayload, type IndexTask } from './indexPayload.ts'

/** The thread in which batches are opened: what kills it kills nothing else (indexWorkers.ts bounds its memory and time). */
const NICER = 10

const port = parentPort
if (!port) throw new Error('index.worker runs as a worker thread only')

// Acknowledging comes first. On Linux this reaches the calling thread alone; elsewhere it would reach the process.
if (process.platform === 'linux') setPriority(0, NICER)

const format = createSegmentFormat()

port.on('message', (task: IndexTask) => {
  port.postMessage(indexPayload(format, task))
})
