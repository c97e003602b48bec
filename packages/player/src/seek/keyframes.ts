import type { Duration } from '@vasistas/wire/core'
import type { RecordedTree } from './recordedTree.ts'
import type { PlacedRecord } from '../timeline/moment.types.ts'

/** A place from which a page can be rebuilt without what came before. */
export interface Keyframe {
  readonly at: Duration
  /** How many of the stream's records came before it. */
  readonly index: number
  /** What brings an empty page to this place; empty where a recorded snapshot follows. */
  readonly records: readonly PlacedRecord[]
}

export interface Keyframes {
  readonly list: readonly Keyframe[]
  beforeSnapshot(index: number, at: Duration): void
  /** Makes a keyframe of our own when much has changed since the last. */
  afterRecord(index: number, record: PlacedRecord): void
}

export interface KeyframeLimits {
  /** Changes after which applying them again costs more than building the page from a description. */
  readonly fewestChanges: number
  /** Nodes in all descriptions together: what they may hold in memory. */
  readonly mostNodes: number
}

const LIMITS: KeyframeLimits = { fewestChanges: 4000, mostNodes: 1_500_000 }

export function createKeyframes(tree: RecordedTree, { fewestChanges, mostNodes }: KeyframeLimits = LIMITS): Keyframes {
  const list: Keyframe[] = []
  let changes = 0
  let nodes = 0

  return {
    list,
    beforeSnapshot(index, at) {
      list.push({ at, index, records: [] })
      changes = 0
    },
    afterRecord(index, record) {
      changes += changesOf(record)
      const size = tree.size()
      if (changes < fewestChanges + size / 4 || nodes + size > mostNodes) return
      list.push({ at: record.at, index, records: tree.describe(record.at) })
      nodes += size
      changes = 0
    },
  }
}

function changesOf(record: PlacedRecord): number {
  if (record.type !== 'mutation') return 1
  return 1 + record.adds.length + record.removes.length + record.texts.length + record.attributes.length
}
