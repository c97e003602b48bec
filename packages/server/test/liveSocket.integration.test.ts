import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { LiveEvent } from '@vasistas/wire/api'
import { WebSocket } from 'ws'
import { aClick, aPageLoad } from './recorderClient.ts'
import { PAGE_ORIGIN, startShop, type Shop } from './startShop.ts'
import { PASSWORD } from './startTestServer.ts'

interface Listener {
  readonly socket: WebSocket
  readonly heard: readonly LiveEvent[]
}

const addressOf = (shop: Shop) => `${shop.origin.replace('http', 'ws')}/api/live`

async function listen(shop: Shop, { cookie = shop.owner.cookie, origin = shop.origin } = {}): Promise<Listener> {
  const socket = new WebSocket(addressOf(shop), { origin, headers: { cookie } })
  onTestFinished(() => socket.terminate())
  const heard: LiveEvent[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as LiveEvent))
  await once(socket, 'open')
  return { socket, heard }
}

/** The status with which a connection is refused. */
async function refusal(shop: Shop, headers: Record<string, string>, origin?: string): Promise<number | undefined> {
  const socket = new WebSocket(addressOf(shop), { headers, ...(origin !== undefined && { origin }) })
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }]
  socket.terminate()
  return response.statusCode
}

async function record(shop: Shop) {
  const visit = await shop.visit()
  const stream = visit.openStream()
  await stream.send(aPageLoad(`${PAGE_ORIGIN}/`, Date.now()))
  return { ...visit, stream }
}

describe('the live socket', () => {
  it('opens for the dashboard of who is signed in, and for nobody else', async () => {
    await using shop = await startShop()
    const { cookie } = shop.owner
    expect(await refusal(shop, {}, shop.origin)).toBe(401)
    expect(await refusal(shop, { cookie: `${cookie}x` }, shop.origin)).toBe(401)
    expect(await refusal(shop, { cookie }, 'https://evil.example')).toBe(403)
    expect(await refusal(shop, { cookie })).toBe(403)
    expect((await listen(shop)).socket.readyState).toBe(WebSocket.OPEN)
  })

  it('tells what changes, once each time, without content', async () => {
    await using shop = await startShop()
    const { heard } = await listen(shop)
    const { recording, stream } = await record(shop)
    const siteId = shop.site.id
    await eventually(() => expect(heard).toContainEqual({ type: 'recording.updated', siteId, recording }))
    expect(heard).toContainEqual(expect.objectContaining({ type: 'site.heard', siteId, origin: PAGE_ORIGIN }))

    const before = heard.length
    await Promise.all(Array.from({ length: 20 }, () => stream.send([aClick(Date.now())])))
    await eventually(() => expect(heard.length).toBeGreaterThan(before))
    expect(heard.length - before).toBeLessThan(10)

    await shop.owner.fetch(`/api/recordings/${recording}`, { method: 'DELETE' })
    await eventually(() => expect(heard.at(-1)).toEqual({ type: 'recording.erased', siteId, recording }))
  })

  it('tells another account nothing', async () => {
    await using shop = await startShop()
    await shop.admin.createAccount({ email: 'eve@other.example', name: 'Eve', password: PASSWORD, language: 'en' })
    const eve = await listen(shop, { cookie: (await shop.signIn('eve@other.example')).cookie })
    const anna = await listen(shop)
    const { recording } = await record(shop)
    await eventually(() => expect(anna.heard).toContainEqual(expect.objectContaining({ recording })))
    expect(eve.heard).toEqual([])
  })

  it('hangs up on who talks', async () => {
    await using shop = await startShop()
    const { socket } = await listen(shop)
    const closed = once(socket, 'close')
    socket.send('hello')
    expect((await closed)[0]).toBe(1003)
  })

  it('opens ten times for one person, not more', async () => {
    await using shop = await startShop()
    const listeners = await Promise.all(Array.from({ length: 10 }, () => listen(shop)))
    expect(await refusal(shop, { cookie: shop.owner.cookie }, shop.origin)).toBe(429)
    listeners[0]?.socket.close()
    await eventually(async () => expect((await listen(shop)).socket.readyState).toBe(WebSocket.OPEN))
  })

  it('says goodbye when the server ends', async () => {
    const shop = await startShop()
    const { socket } = await listen(shop)
    const closed = once(socket, 'close')
    await shop[Symbol.asyncDispose]()
    expect((await closed)[0]).toBe(1001)
  })
})
