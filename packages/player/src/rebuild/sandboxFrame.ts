/**
 * The security boundary. A recording is shown in a frame of its own that runs no script, submits no form, opens nothing and
 * leads nowhere, and whose policy lets it load our own copies of images and fonts and nothing else. What is rebuilt in it
 * has been allow-listed before; this holds when that has a hole.
 */
const TOKENS = 'allow-same-origin' // so that the player can reach in; without `allow-scripts` nothing in there can reach out

/** Throws when the frame is not the one box a recording may be put into. */
export function closeFrame(frame: HTMLIFrameElement, assetPrefix: string | null): void {
  const document = frame.contentDocument
  if (frame.getAttribute('sandbox') !== TOKENS || !document) throw new Error('The replay frame is not sandboxed')
  frame.setAttribute('referrerpolicy', 'no-referrer')
  frame.setAttribute('allow', '')
  // Nothing in there takes the keyboard, the pointer or a screen reader away from the dashboard.
  frame.inert = true
  frame.tabIndex = -1
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = framePolicy(assetPrefix)
  document.head.append(policy)
}

function framePolicy(assetPrefix: string | null): string {
  const own = assetPrefix === null ? '' : `${assetPrefix} `
  return `default-src 'none'; img-src ${own}data:; font-src ${own}data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`
}
