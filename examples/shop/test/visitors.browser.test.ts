import { describe, expect, it } from 'vitest'
import { startStaticServer, type StaticServer } from '@vasistas/testing'
import { startShop } from '../src/index.ts'
import { driveVisitors } from '../src/visitors.ts'

/** As much of a loader as a visitor meets: a notice with two answers, and batches after the one. */
const LOADER = `
  const server = new URL(document.currentScript.src).origin
  const send = () => void fetch(server + '/v1/b', { method: 'POST', body: 'batch', keepalive: true })
  const record = () => { send(); addEventListener('pagehide', send) }
  const answer = localStorage.getItem('answer')
  if (answer === 'granted') record()
  if (!answer) addEventListener('DOMContentLoaded', () => {
    const host = document.body.appendChild(document.createElement('div'))
    host.style.cssText = 'position:fixed;bottom:0;z-index:99'
    const french = document.documentElement.lang === 'fr'
    const root = host.attachShadow({ mode: 'closed' })
    root.innerHTML =
      '<button>' + (french ? 'Refuser' : 'Refuse') + '</button><button>' + (french ? 'Accepter' : 'Accept') + '</button>'
    root.addEventListener('click', ({ target }) => {
      const accepts = target.textContent.startsWith('Acc')
      localStorage.setItem('answer', accepts ? 'granted' : 'denied')
      host.remove()
      if (accepts) record()
    })
  })`

describe('driveVisitors', () => {
  it('walks everybody to the end of their story and waits for what the server took', async () => {
    let taken = 0
    await using server = await startStandIn(() => {
      taken += 1
      return 200
    })
    await using shop = await startShop({ port: 0, scriptUrl: `${server.origin}/v.js`, siteKey: 'KEY' })
    const lines: string[] = []
    const visits = await driveVisitors({ shopOrigin: shop.origin, pace: 0.05, log: (line) => lines.push(line) })
    expect(visits).toHaveLength(7)
    expect(visits.filter(({ consented, batches }) => consented && batches > 0)).toHaveLength(6)
    expect(visits.find(({ visitor }) => visitor === 'Bruno')).toMatchObject({ consented: false, batches: 0 })
    expect(visits.reduce((sum, { batches }) => sum + batches, 0)).toBeLessThanOrEqual(taken)
    expect(lines).toContain('Bruno left nothing')
  })

  it('says who was not recorded when the server takes nothing', async () => {
    await using server = await startStandIn(() => 503)
    await using shop = await startShop({ port: 0, scriptUrl: `${server.origin}/v.js`, siteKey: 'KEY' })
    const driven = driveVisitors({ shopOrigin: shop.origin, pace: 0.05, deliveryMs: 500, log: () => undefined })
    await expect(driven).rejects.toThrow(/agreed, but no batch was acknowledged/)
  })
})

/** A server at the network seam that answers batches with the given status. */
function startStandIn(answer: () => number): Promise<StaticServer> {
  return startStaticServer({
    '/v.js': LOADER,
    '/v1/b': (request, response) => {
      request.resume()
      response.writeHead(answer(), { 'access-control-allow-origin': '*' }).end('{}')
    },
  })
}
