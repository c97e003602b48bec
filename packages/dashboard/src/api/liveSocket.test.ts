import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveSocket, parseLiveEvent, reconnectDelayMs } from './liveSocket.ts'

interface Line {
  onopen: () => void
  onmessage: (message: { data: unknown }) => void
  onclose: (end: { code: number }) => void
  close: () => void
}

/** The network's end of a socket. */
function aNetwork() {
  const lines: Line[] = []
  const open = () => {
    const line: Line = { onopen() {}, onmessage() {}, onclose() {}, close: vi.fn<() => void>() }
    lines.push(line)
    return line as unknown as WebSocket
  }
  return { lines, open }
}

describe('createLiveSocket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('connects with its first listener and closes with its last', () => {
    const { lines, open } = aNetwork()
    const socket = createLiveSocket({ open, randomShare: () => 1, onReconnected: () => undefined })
    expect(lines).toHaveLength(0)
    const one = socket.subscribe(() => undefined)
    const other = socket.subscribe(() => undefined)
    expect(lines).toHaveLength(1)
    one.stop()
    expect(lines[0]?.close).not.toHaveBeenCalled()
    other.stop()
    expect(lines[0]?.close).toHaveBeenCalledOnce()
  })

  it('comes back after a loss and says so, because hints may have been missed', () => {
    const { lines, open } = aNetwork()
    const onReconnected = vi.fn<() => void>()
    const heard: string[] = []
    const socket = createLiveSocket({ open, randomShare: () => 1, onReconnected })
    socket.subscribe(({ type }) => heard.push(type))
    lines[0]?.onopen()
    expect(onReconnected).not.toHaveBeenCalled()
    lines[0]?.onclose({ code: 1006 })
    vi.advanceTimersByTime(1000)
    expect(lines).toHaveLength(2)
    lines[1]?.onopen()
    expect(onReconnected).toHaveBeenCalledOnce()
    lines[1]?.onmessage({ data: '{"type":"recording.updated","siteId":1,"recording":"r"}' })
    expect(heard).toEqual(['recording.updated'])
  })

  it('stays away once it was signed out', () => {
    const { lines, open } = aNetwork()
    createLiveSocket({ open, randomShare: () => 1, onReconnected: () => undefined }).subscribe(() => undefined)
    lines[0]?.onclose({ code: 4401 })
    vi.advanceTimersByTime(60_000)
    expect(lines).toHaveLength(1)
  })
})

describe('reconnectDelayMs', () => {
  it('doubles, is spread, and never exceeds half a minute', () => {
    expect(reconnectDelayMs(0, 0)).toBe(500)
    expect(reconnectDelayMs(0, 1)).toBe(1000)
    expect(reconnectDelayMs(3, 1)).toBe(8000)
    expect(reconnectDelayMs(50, 1)).toBe(30_000)
  })
})

describe('parseLiveEvent', () => {
  it('is deaf to what it does not know', () => {
    expect(parseLiveEvent('{"type":"coffee.ready"}')).toBeUndefined()
    expect(parseLiveEvent('null')).toBeUndefined()
    expect(parseLiveEvent('{')).toBeUndefined()
    expect(parseLiveEvent(new ArrayBuffer(2))).toBeUndefined()
  })
})
