import type { NodeId } from '@vasistas/wire/core'

/** Numbers for nodes and constructed sheets of one recording; memory goes when the node goes. */
export interface ItemIds<Item extends object> {
  find(item: Item): NodeId | undefined
  getOrCreate(item: Item): NodeId
}

export function createItemIds<Item extends object>(): ItemIds<Item> {
  const ids = new WeakMap<Item, NodeId>()
  let last = 0
  return {
    find: (item) => ids.get(item),
    getOrCreate(item) {
      let id = ids.get(item)
      if (id === undefined) ids.set(item, (id = ++last))
      return id
    },
  }
}
