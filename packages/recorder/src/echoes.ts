import { MASK } from '@vasistas/privacy'

/**
 * What was typed into masked controls, so that the page repeating it (a greeting, a preview, "no results for …") is masked
 * too. Lives in this page's memory only, and never leaves it.
 */
export interface Echoes {
  /** A control's value now; replaces what the same control held while it was being typed. */
  note(control: object, value: string): void
  /** The control is done with: its last value stays known, the next one is a new one. */
  settle(control: object): void
  /** The text with every echo masked. */
  mask(text: string): string
}

const SHORTEST = 4
const MOST_SETTLED = 200
const LONGEST = 500

export function createEchoes(): Echoes {
  const current = new Map<object, string>()
  const settled = new Set<string>()

  function settle(control: object): void {
    const value = current.get(control)
    current.delete(control)
    if (value === undefined) return
    settled.delete(value)
    settled.add(value)
    const [oldest] = settled
    if (settled.size > MOST_SETTLED && oldest !== undefined) settled.delete(oldest)
  }
  return {
    note(control, value) {
      const trimmed = value.trim().slice(0, LONGEST).toLowerCase()
      if (trimmed.length < SHORTEST) settle(control)
      else current.set(control, trimmed)
    },
    settle,
    mask(text) {
      if (current.size === 0 && settled.size === 0) return text
      const lower = text.toLowerCase()
      for (const echo of current.values())
        if (lower.includes(echo)) return maskAll(text, [...current.values(), ...settled])
      for (const echo of settled) if (lower.includes(echo)) return maskAll(text, [...current.values(), ...settled])
      return text
    },
  }
}

function maskAll(text: string, echoes: readonly string[]): string {
  let masked = text
  for (const echo of [...echoes].sort((one, other) => other.length - one.length)) {
    const lower = masked.toLowerCase()
    // Lower-casing may change lengths in a few scripts: then positions mean nothing and the whole text goes.
    if (lower.length !== masked.length) return lower.includes(echo) ? MASK : masked
    if (lower.includes(echo)) masked = replaceAt(masked, lower, echo)
  }
  return masked
}

function replaceAt(text: string, lower: string, echo: string): string {
  let result = ''
  let from = 0
  for (let at = lower.indexOf(echo); at >= 0; at = lower.indexOf(echo, from)) {
    result += text.slice(from, at) + MASK
    from = at + echo.length
  }
  return result + text.slice(from)
}
