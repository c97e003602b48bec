import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { Page, RecordingSummary } from '@vasistas/wire/api'
import { aPageLoad } from './recorderClient.ts'
import { PAGE_ORIGIN, startShop } from './startShop.ts'
import { startTestServer } from './startTestServer.ts'

/** What the server says to bytes that no HTTP client of ours would send. */
async function sayRaw(origin: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let answer = ''
  socket.on('data', (data) => (answer += data.toString())).on('error', () => undefined)
  socket.write(request.replaceAll('\n', '\r\n'))
  await Promise.race([once(socket, 'close'), eventually(() => expect(answer).toContain('\r\n\r\n'), 10_000)])
  return answer
}

const UPGRADE =
  'host: localhost\nconnection: upgrade\nupgrade: websocket\nsec-websocket-version: 13\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\n\n'

describe('a stranger', () => {
  it.each(['//', '/\\', '//a:b'])('does not stop the server by an upgrade of %s', async (target) => {
    await using server = await startTestServer()
    expect(await sayRaw(server.origin, `GET ${target} HTTP/1.1\n${UPGRADE}`)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await server.fetch('/healthz')).status).toBe(200)
  })

  it.each(['/%', '/api/%zz', '/v/%', '/api/recordings/%E0%A4%A'])(
    'who asks for %s gets the one error body, with every header',
    async (target) => {
      await using server = await startTestServer()
      const answer = await sayRaw(server.origin, `GET ${target} HTTP/1.1\nhost: localhost\nconnection: close\n\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
      expect(answer).toMatch(/application\/problem\+json/)
      expect(answer).toMatch(/x-content-type-options: nosniff/i)
      expect(answer).toMatch(/content-security-policy: /i)
    },
  )
})

describe('a hostile recorder', () => {
  it.each([
    ['beyond every calendar', Number.MAX_SAFE_INTEGER],
    ['beyond every integer', 1e300],
  ])('whose clock is %s spoils no list', async (_what, at) => {
    await using shop = await startShop()
    const bad = (await shop.visit()).openStream()
    expect(
      (
        await bad.send(
          aPageLoad(`${PAGE_ORIGIN}/`, at).map((r) => ({ ...r, at })),
          { sentAt: 0 },
        )
      ).status,
    ).toBeLessThan(500)
    const good = await shop.visit()
    await good.openStream().send(aPageLoad(`${PAGE_ORIGIN}/`, Date.now()))
    await eventually(async () => {
      const { items } = await shop.owner.get<Page<RecordingSummary>>('/api/recordings')
      expect(items).toContainEqual(expect.objectContaining({ id: good.recording, pages: 1 }))
    }, 20_000)
    const health = await shop.owner.get<{ indexBacklog: number }>('/api/health')
    expect(health.indexBacklog).toBe(0)
  })
})

describe('whoever asks for an export and goes away', () => {
  it('holds nobody else up', async () => {
    await using shop = await startShop()
    const visit = await shop.visit()
    await visit.openStream().send(aPageLoad(`${PAGE_ORIGIN}/`, Date.now()))
    const path = `/api/recordings/${visit.recording}/export`
    // At different moments of the answer: the sign-in is looked up, the recording, its key.
    for (let index = 0; index < 40; index++) {
      const socket = connect(Number(new URL(shop.origin).port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${shop.owner.cookie}\r\n\r\n`)
      await once(socket, 'connect')
      await setTimeout((index % 10) / 2)
      socket.destroy()
    }
    await eventually(async () => expect(await shop.owner.get(path)).toBeInstanceOf(Array))
  })
})
