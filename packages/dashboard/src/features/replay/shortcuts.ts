/** What a key does while a recording is watched. */
export type ReplayAction =
  | { readonly type: 'toggle' }
  | { readonly type: 'skip'; readonly ms: number }
  | { readonly type: 'marker'; readonly direction: 1 | -1 }
  | { readonly type: 'jump'; readonly share: number }
  | { readonly type: 'speed'; readonly direction: 1 | -1 }
  | { readonly type: 'fullScreen' }
  | { readonly type: 'skipInactivity' }
  | { readonly type: 'help' }

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const STEP_MS = 5_000
const LONG_STEP_MS = 30_000

const ACTIONS: Readonly<Record<string, ReplayAction>> = {
  ' ': { type: 'toggle' },
  k: { type: 'toggle' },
  ',': { type: 'marker', direction: -1 },
  '.': { type: 'marker', direction: 1 },
  '<': { type: 'speed', direction: -1 },
  '>': { type: 'speed', direction: 1 },
  Home: { type: 'jump', share: 0 },
  End: { type: 'jump', share: 1 },
  f: { type: 'fullScreen' },
  s: { type: 'skipInactivity' },
  '?': { type: 'help' },
}

/** Nothing for keys that belong to the browser or to nobody. */
export function replayAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): ReplayAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  const step = shiftKey ? LONG_STEP_MS : STEP_MS
  if (key === 'ArrowLeft') return { type: 'skip', ms: -step }
  if (key === 'ArrowRight') return { type: 'skip', ms: step }
  if (/^\d$/.test(key)) return { type: 'jump', share: Number(key) / 10 }
  return ACTIONS[key] ?? ACTIONS[key.toLowerCase()]
}

export const SPEEDS: readonly number[] = [0.5, 1, 2, 4, 8, 16]

/** The next faster or slower speed; the fastest and slowest stay. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  if (direction === 1) return SPEEDS.find((candidate) => candidate > speed) ?? speed
  return SPEEDS.findLast((candidate) => candidate < speed) ?? speed
}

const TEXT_FIELDS = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]'
const PRESSED_BY_SPACE = 'button, a, summary, [role=menuitem], [role=tab], [role=radio], [role=option]'

/** Whether the focused element wants the key for itself. */
export function isKeyOfElement(key: string, target: Element): boolean {
  if (target.closest(TEXT_FIELDS) || target.closest('[role=dialog], [role=menu], [role=listbox]')) return true
  if (key === ' ' || key === 'Enter') return target.closest(PRESSED_BY_SPACE) !== null
  return /^(?:Arrow|Home|End)/.test(key) && target.closest('[role=tablist], [role=slider], [type=radio]') !== null
}
