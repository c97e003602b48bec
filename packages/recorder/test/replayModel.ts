import { rrweb, type MutationRecord, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'

/** What a player would have on its screen, as a plain tree: throws where a player would lose its way. */
export function replayModel(records: readonly ReplayRecord[]): SerializedNode {
  let root: SerializedNode | undefined
  let nodes = new Map<number, SerializedNode>()
  let parents = new Map<number, number>()

  function learn(node: SerializedNode, parentId?: number): void {
    nodes.set(node.id, node)
    if (parentId !== undefined) parents.set(node.id, parentId)
    for (const child of childrenOf(node)) learn(child, node.id)
  }
  function get(id: number): SerializedNode {
    const node = nodes.get(id)
    if (!node) throw new Error(`node ${id} is not in the replay`)
    return node
  }
  function unlearn(node: SerializedNode): void {
    nodes.delete(node.id)
    for (const child of childrenOf(node)) unlearn(child)
  }

  function applyMutation(record: MutationRecord): void {
    for (const { parentId, id } of record.removes) {
      const siblings = childrenOf(get(parentId))
      const index = siblings.findIndex((child) => child.id === id)
      if (index < 0) throw new Error(`node ${id} is not under ${parentId}`)
      unlearn(get(id))
      siblings.splice(index, 1)
    }
    for (const { parentId, nextId, node } of record.adds) {
      const siblings = childrenOf(get(parentId))
      const added = structuredClone(node)
      if (nodes.has(node.id)) throw new Error(`node ${node.id} is in the replay already`)
      if (record.isAttachIframe) siblings.length = 0
      if (nextId === null) insertLast(siblings, added)
      else {
        const index = siblings.findIndex((child) => child.id === nextId)
        if (index < 0) throw new Error(`next sibling ${nextId} is not under ${parentId}`)
        siblings.splice(index, 0, added)
      }
      learn(added, parentId)
    }
    for (const { id, value } of record.texts) Object.assign(get(id), { textContent: value })
    for (const { id, attributes } of record.attributes) {
      const told = attributesOf(get(id))
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) delete told[name]
        else told[name] = value
      }
    }
  }

  for (const record of records) {
    if (record.type === 'snapshot') {
      root = structuredClone(record.node)
      nodes = new Map()
      parents = new Map()
      learn(root)
    } else if (record.type === 'mutation') applyMutation(record)
    else if (record.type === 'input') {
      const told = attributesOf(get(record.node))
      if (record.text) told['value'] = record.text
      else delete told['value']
      if (record.checked) told['checked'] = true
      else delete told['checked']
    }
  }
  if (!root) throw new Error('no snapshot')
  return root
}

/** Light children come before those of the shadow root, as in a snapshot. */
function insertLast(siblings: SerializedNode[], node: SerializedNode): void {
  const firstShadow = siblings.findIndex((child) => 'isShadow' in child && child.isShadow)
  if (firstShadow >= 0 && !('isShadow' in node && node.isShadow)) siblings.splice(firstShadow, 0, node)
  else siblings.push(node)
}

export function childrenOf(node: SerializedNode): SerializedNode[] {
  return node.type === rrweb.NODE.document || node.type === rrweb.NODE.element ? node.childNodes : []
}

export function attributesOf(node: SerializedNode): { [name: string]: string | number | true | null } {
  return node.type === rrweb.NODE.element ? node.attributes : {}
}

/** As markup with node ids, one node a line: what two trees are compared by. Offsets are told by snapshots only. */
export function writeTree(node: SerializedNode, depth = 0): string {
  const indent = '  '.repeat(depth)
  const kind =
    node.type === rrweb.NODE.element
      ? `<${node.tagName}${Object.entries(node.attributes)
          .filter(([name]) => !name.startsWith('rr_'))
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, value]) => ` ${name}=${JSON.stringify(value === true ? '' : value)}`)
          .join('')}>`
      : node.type === rrweb.NODE.text
        ? JSON.stringify(node.textContent)
        : `#${node.type}`
  const shadow = 'isShadow' in node && node.isShadow ? ' (shadow)' : ''
  return [`${indent}${node.id} ${kind}${shadow}`, ...childrenOf(node).map((child) => writeTree(child, depth + 1))].join(
    '\n',
  )
}
