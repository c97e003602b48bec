import { describe, expect, it } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { Site } from '@vasistas/wire/api'
import { aClick, aPageLoad, startVisit } from './recorderClient.ts'
import { OWNER, startTestServer } from './startTestServer.ts'

const CANARY = 'canary7f3a'

describe('the log, at its most talkative', () => {
  it('holds nothing of what was sent: no address, query, body, cookie, token, password, name or page', async () => {
    await using server = await startTestServer({ trustProxy: 1 })
    const owner = { ...OWNER, email: `${CANARY}@shop.example`, name: CANARY, password: `${CANARY}-otter-mends-kettles` }
    const anna = await server.setUp(owner)
    await server.post(
      '/api/sign-in',
      { email: `${CANARY}@shop.example`, password: CANARY },
      { 'user-agent': CANARY, 'x-forwarded-for': '203.0.113.77' },
    )
    await server.post(`/api/sign-in?${CANARY}`, { [CANARY]: CANARY })
    await server.fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"${CANARY}`,
    })
    const response = await anna.send('POST', '/api/sites', { name: CANARY, origins: [`https://${CANARY}.example`] })
    const site = (await response.json()) as Site
    await anna.send('PATCH', `/api/sites/${site.id}`, { settings: { block: [`.${CANARY}`], level: CANARY } })
    for (const path of [
      `/${CANARY}`,
      `/api/${CANARY}?q=${CANARY}`,
      `/api/recordings/${CANARY}`,
      `/api/recordings?path=/${CANARY}`,
      `/setup?${CANARY}`,
    ]) {
      await anna.fetch(path, { headers: { referer: `https://${CANARY}.example/` } })
    }
    const pageOrigin = `https://${CANARY}.example`
    const visit = await startVisit({
      origin: server.origin,
      site: site.key,
      pageOrigin,
      page: `${pageOrigin}/${CANARY}`,
    })
    const stream = visit.openStream()
    await stream.send(aPageLoad(`${pageOrigin}/${CANARY}`, Date.now()))
    await stream.send([{ type: 'input', at: Date.now(), node: 3, text: CANARY, checked: false }])
    await stream.send([], { payload: new TextEncoder().encode(`{"${CANARY}":`) })
    await stream.send([aClick(Date.now())])
    await fetch(`${server.origin}/v1/start?${CANARY}`, {
      method: 'POST',
      headers: { origin: pageOrigin },
      body: CANARY,
    })
    await eventually(async () => {
      const detail = await anna.get<{ batches: number; quarantinedBatches: number; poisonedBatches: number }>(
        `/api/recordings/${visit.recording}`,
      )
      expect(detail).toMatchObject({ batches: 4, quarantinedBatches: 1, poisonedBatches: 1 })
    })
    await anna.fetch(`/api/recordings/${visit.recording}/assets/${encodeURIComponent(`${pageOrigin}/${CANARY}.png`)}`)
    await anna.send('POST', '/api/sign-out', {})
    await server.close()

    const log = server.log.join('')
    expect(server.log.length).toBeGreaterThan(15)
    const secrets = [
      CANARY,
      anna.csrfToken,
      anna.cookie.split('=')[1] ?? '',
      server.setupToken,
      visit.token,
      visit.visitor,
      '203.0.113.77',
    ]
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
    const requests = server.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'request')
    expect(requests).toContainEqual(
      expect.objectContaining({ method: 'POST', route: '/api/sign-in', status: 401, ms: expect.any(Number) }),
    )
  })
})
