import type { ChromiumPage } from '@vasistas/testing'

const CONTROLS = new Set([
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'heading',
  'link',
  'menuitem',
  'radio',
  'searchbox',
  'slider',
  'switch',
  'tab',
  'textbox',
])

/** Controls that a screen reader could not name, as Chromium's accessibility tree sees them. */
export async function findNamelessControls(page: ChromiumPage): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const nameless = nodes.filter(
    ({ ignored, role, name }) => !ignored && CONTROLS.has(String(role?.value)) && !String(name?.value ?? '').trim(),
  )
  const described = nameless.map(async ({ backendDOMNodeId, role }) => {
    if (backendDOMNodeId === undefined) return String(role?.value)
    const { node } = await session.send('DOM.describeNode', { backendNodeId: backendDOMNodeId })
    return `${String(role?.value)} ${node.localName} ${node.attributes?.join(' ') ?? ''}`
  })
  const found = await Promise.all(described)
  await session.detach()
  return found
}
