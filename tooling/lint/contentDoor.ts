import type { DoorRule } from './rule.types.ts'
import { dottedName, memberName, patternNames } from './syntax.ts'

/** Everything through which a string (or a checked state) of the visitor's page can be read. */
const CONTENT = new Set([
  'textContent',
  'innerText',
  'outerText',
  'className',
  'innerHTML',
  'outerHTML',
  'getHTML',
  'getAttribute',
  'getAttributeNS',
  'getAttributeNames',
  'getAttributeNode',
  'attributes',
  'dataset',
  'value',
  'valueAsDate',
  'valueAsNumber',
  'defaultValue',
  'nodeValue',
  'data',
  'wholeText',
  'checked',
  'defaultChecked',
  'selected',
  'selectedIndex',
  'selectedOptions',
  'cssText',
  'cssRules',
  'rules',
  'selectorText',
  'conditionText',
  'title',
  'URL',
  'documentURI',
  'baseURI',
  'referrer',
  'cookie',
  'href',
  'search',
  'hash',
  'pathname',
  'src',
  'srcset',
  'currentSrc',
  'srcdoc',
  'alt',
  'placeholder',
  'label',
  'oldValue',
  'toDataURL',
  'toBlob',
  'getImageData',
  'clipboardData',
  'key',
  'code',
])

/** A reader looked up by its name: `Reflect.get(x, 'value')`, `Object.getOwnPropertyDescriptor(proto, 'value')`. */
const LOOK_UPS = new Set([
  'Reflect.get',
  'Object.getOwnPropertyDescriptor',
  'Reflect.getOwnPropertyDescriptor',
  'getOwnPropertyDescriptor',
])

/** Page content is read by contentGate.ts and by nobody else in the recorder. Types are unknown here: names decide. */
export const contentDoor: DoorRule = {
  meta: {
    type: 'problem',
    docs: { description: 'page content is read in contentGate.ts only' },
    messages: { read: '`{{name}}` reads page content: ask contentGate.ts for a decided string' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        const name = memberName(node)
        if (name !== undefined && CONTENT.has(name)) context.report({ node, messageId: 'read', data: { name } })
      },
      ObjectPattern(node) {
        for (const name of patternNames(node))
          if (CONTENT.has(name)) context.report({ node, messageId: 'read', data: { name } })
      },
      CallExpression(node) {
        const [, named] = node.arguments
        if (!LOOK_UPS.has(dottedName(node.callee) ?? '') || named?.type !== 'Literal') return
        const name = String(named.value)
        if (CONTENT.has(name)) context.report({ node, messageId: 'read', data: { name } })
      },
    }
  },
}
