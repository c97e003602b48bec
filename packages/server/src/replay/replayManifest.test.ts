import { describe, expect, it } from 'vitest'
import { createManifest } from './replayManifest.ts'

const STORED = 0
const INDEXED = 1
const POISONED = 2
const QUARANTINED = 3

const aStream = (stream: number, skewMs = 0, ordinal = 0) => ({ stream, ordinal, skew_ms: skewMs })
const aBatch = (
  sequence: number,
  { state = INDEXED, stream = 1, at = 1000 + sequence, snapshot = sequence === 0 } = {},
) => ({
  stream,
  sequence,
  first_at: at,
  last_at: at + 1,
  payload_bytes: 10,
  has_snapshot: snapshot ? 1 : 0,
  state,
})

function gapsOf(...batches: ReturnType<typeof aBatch>[]) {
  return createManifest({ recording: 'r', streams: [aStream(1)], batches, assetPrefix: null }).streams[0]?.gaps
}

describe('createManifest', () => {
  it('lists batches in order with what a player needs', () => {
    const batches = [aBatch(0), aBatch(1)]
    expect(createManifest({ recording: 'r', streams: [aStream(1, 50)], batches, assetPrefix: '/x/' })).toEqual({
      recording: 'r',
      assetPrefix: '/x/',
      streams: [
        {
          stream: 1,
          skewMs: 50,
          gaps: [],
          batches: [
            { sequence: 0, firstAt: 1000, lastAt: 1001, bytes: 10, hasSnapshot: true },
            { sequence: 1, firstAt: 1001, lastAt: 1002, bytes: 10, hasSnapshot: false },
          ],
        },
      ],
    })
  })

  it('names what is missing at the start, in the middle, and nothing at the end', () => {
    expect(gapsOf(aBatch(2), aBatch(3), aBatch(5), aBatch(9))).toEqual([
      [0, 1],
      [4, 4],
      [6, 8],
    ])
  })

  it('counts poisoned and quarantined batches as missing, also at the end', () => {
    const batches = [aBatch(0), aBatch(1, { state: POISONED }), aBatch(2), aBatch(3, { state: QUARANTINED })]
    expect(gapsOf(...batches)).toEqual([
      [1, 1],
      [3, 3],
    ])
  })

  it('shows nothing of a batch before it was inspected, and does not call it missing', () => {
    const { streams } = createManifest({
      recording: 'r',
      streams: [aStream(1), aStream(2)],
      batches: [aBatch(0), aBatch(1, { state: STORED }), aBatch(0, { stream: 2, state: STORED })],
      assetPrefix: null,
    })
    expect(streams.map(({ stream, batches, gaps }) => [stream, batches.length, gaps])).toEqual([[1, 1, []]])
  })

  it('puts streams in order of corrected time, whatever the visitor’s clock said', () => {
    const { streams } = createManifest({
      recording: 'r',
      streams: [aStream(1, 0, 0), aStream(2, -5000, 1)],
      batches: [aBatch(0, { at: 10_000 }), aBatch(0, { stream: 2, at: 12_000 })],
      assetPrefix: null,
    })
    expect(streams.map(({ stream }) => stream)).toEqual([2, 1])
  })
})
