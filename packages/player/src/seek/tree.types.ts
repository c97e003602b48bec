import type { NodeId } from '@vasistas/wire/core'
import type { PlacedRecordOf } from '../timeline/moment.types.ts'
import type { SheetState } from './sheetState.ts'
import type { TreeNode } from './treeNode.ts'

/** Everything that a moment of one page consists of. */
export interface TreeState {
  document: TreeNode | undefined
  readonly nodes: Map<NodeId, TreeNode>
  page: PlacedRecordOf<'page'> | undefined
  focused: NodeId | undefined
  /** Constructed sheets by their id, and who uses which. */
  readonly constructed: Map<number, SheetState>
  readonly adopted: Map<NodeId, readonly number[]>
}
