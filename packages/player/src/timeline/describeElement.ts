import { subtreeOf, type TreeNode } from '../seek/treeNode.ts'
import type { ElementWords } from './markers.ts'

const LONGEST = 80
const MOST_NODES = 60
/** What people press: its words say more than those of the icon within. */
const PRESSED = /^(?:a|button|label|summary|option|select|input|textarea)$/
const FIELD_KINDS =
  /^(?:text|password|email|tel|url|search|number|date|time|month|week|color|range|checkbox|radio|file|submit|button|reset|image)$/

/** The words of what was pressed, as the replay shows them, and its name in HTML. */
export function describeElement(node: TreeNode | undefined): ElementWords {
  if (!node) return { name: '', text: '' }
  const pressed = pressedElement(node)
  return { name: nameOf(pressed), text: textOf(pressed) }
}

function pressedElement(node: TreeNode): TreeNode {
  let above: TreeNode | undefined = node
  for (let step = 0; above && step < 5; step++, above = above.parent) {
    if (PRESSED.test(above.tagName) || above.attributes.get('role') === 'button') return above
  }
  return node
}

function nameOf({ tagName, attributes }: TreeNode): string {
  const type = String(attributes.get('type') ?? '')
  return tagName === 'input' && FIELD_KINDS.test(type) ? type : tagName
}

function textOf(top: TreeNode): string {
  let text = ''
  let count = 0
  for (const node of subtreeOf(top)) {
    if (++count > MOST_NODES || text.length > LONGEST) break
    if (node.kind === 'text' && node.parent?.tagName !== 'style') text += ` ${node.text}`
  }
  return text.replace(/\s+/g, ' ').trim()
}
