import type { LiveEvent } from '@vasistas/wire/api'

export type LiveListener = (event: LiveEvent) => void

export interface LiveSocket {
  subscribe(listener: LiveListener): { stop(): void }
}

interface Dependencies {
  readonly open: () => WebSocket
  readonly randomShare: () => number
  /** After a time without a connection hints may have been missed: what is shown is asked for again. */
  readonly onReconnected: () => void
}

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000
const SIGNED_OUT = 4401

/** How long to wait before attempt `attempt` (from 0): doubling, and spread so that a restarted server is not stormed. */
export function reconnectDelayMs(attempt: number, share: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt)
  return Math.round(ceiling / 2 + (ceiling / 2) * share)
}

/** Hints of what changed on the server; connected while somebody listens. */
export function createLiveSocket({ open, randomShare, onReconnected }: Dependencies): LiveSocket {
  const listeners = new Set<LiveListener>()
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let wasLost = false

  function connect(): void {
    timer = undefined
    const current = open()
    socket = current
    current.onopen = () => {
      attempt = 0
      if (wasLost) onReconnected()
      wasLost = false
    }
    current.onmessage = ({ data }) => {
      const event = parseLiveEvent(data)
      if (event) for (const listener of listeners) listener(event)
    }
    current.onclose = ({ code }) => {
      if (socket !== current) return
      socket = undefined
      wasLost = true
      // Whoever was signed out hears it from the next request, which leads to the sign-in page.
      if (code !== SIGNED_OUT && listeners.size > 0)
        timer = setTimeout(connect, reconnectDelayMs(attempt++, randomShare()))
    }
  }

  function disconnect(): void {
    clearTimeout(timer)
    timer = undefined
    const current = socket
    socket = undefined
    current?.close()
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      if (!socket && timer === undefined) connect()
      return {
        stop() {
          listeners.delete(listener)
          if (listeners.size === 0) disconnect()
        },
      }
    },
  }
}

/** Nothing for what this version does not know. */
export function parseLiveEvent(data: unknown): LiveEvent | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const event = JSON.parse(data) as Partial<LiveEvent> | null
    const isKnown =
      event?.type === 'recording.updated' || event?.type === 'recording.erased' || event?.type === 'site.heard'
    return isKnown ? (event as LiveEvent) : undefined
  } catch {
    return undefined
  }
}
