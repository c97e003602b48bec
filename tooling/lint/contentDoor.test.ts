import { contentDoor } from './contentDoor.ts'
import { createRuleTester } from './ruleTester.ts'

const reads = (name: string) => ({ messageId: 'read', data: { name } })

createRuleTester().run('content-door', contentDoor, {
  valid: [
    'const id = node.nodeType',
    'element.tagName',
    'const { width, height } = element.getBoundingClientRect()',
    'gate.textOf(node)',
    "Reflect.get(target, 'nodeType')",
    'type Shape = { value: string }',
    'const record = { value: decided, data: [] }',
  ],
  invalid: [
    { code: 'node.textContent', errors: [reads('textContent')] },
    { code: 'input?.value', errors: [reads('value')] },
    { code: "input['value']", errors: [reads('value')] },
    { code: '(event.target as HTMLInputElement).checked', errors: [reads('checked')] },
    { code: "element.getAttribute('title')", errors: [reads('getAttribute')] },
    { code: 'element.getAttribute.call(element, name)', errors: [reads('getAttribute')] },
    { code: 'for (const { name } of element.attributes) use(name)', errors: [reads('attributes')] },
    { code: 'const { value } = input', errors: [reads('value')] },
    { code: "const { 'innerHTML': html } = element", errors: [reads('innerHTML')] },
    { code: 'function read({ target, data }: InputEvent) {}', errors: [reads('data')] },
    { code: 'document.title', errors: [reads('title')] },
    { code: 'location.href', errors: [reads('href')] },
    { code: 'sheet.cssRules[0]', errors: [reads('cssRules')] },
    { code: 'keyboardEvent.key', errors: [reads('key')] },
    { code: "Reflect.get(input, 'value')", errors: [reads('value')] },
    { code: "Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')", errors: [reads('value')] },
  ],
})
