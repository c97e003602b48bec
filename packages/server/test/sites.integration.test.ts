import { describe, expect, it } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { AuditEntry, Installation, Page, Problem, Site } from '@vasistas/wire/api'
import { openAdmin } from '../src/index.ts'
import { startVisit } from './recorderClient.ts'
import { OWNER, PASSWORD, startTestServer, type Dashboard } from './startTestServer.ts'

const ORIGIN = 'https://shop.example'

async function createSite(anna: Dashboard, origins: readonly string[] = [ORIGIN]): Promise<Site> {
  const response = await anna.send('POST', '/api/sites', { name: 'Shop', origins })
  expect(response.status).toBe(201)
  return (await response.json()) as Site
}

const problemOf = async (response: Response) => (await response.json()) as Problem

describe('a site', () => {
  it('begins with the careful end of every setting', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const site = await createSite(anna, [' HTTPS://Shop.Example:443/ ', 'http://localhost:8080', ORIGIN])
    expect(site).toMatchObject({
      name: 'Shop',
      origins: [ORIGIN, 'http://localhost:8080'],
      recordings: 0,
      settings: {
        recordingOn: true,
        retentionDays: 30,
        sampleRate: 1,
        keepAssets: true,
        level: 'balanced',
        recordFormInputs: false,
        recordEmails: false,
        recordNumbers: false,
        readForeignAllowMarks: false,
        block: [],
      },
    })
    expect(site.key).toMatch(/^[\w-]{22}$/)
    expect(await anna.get('/api/sites')).toEqual({ items: [site] })
    expect(await anna.get(`/api/sites/${site.id}`)).toEqual(site)
  })

  it('lists plain origins only', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    for (const origin of [
      'shop.example',
      'https://shop.example/path',
      'https://*.shop.example',
      'ftp://shop.example',
      'https://a:b@shop.example',
      'null',
      '',
    ]) {
      const response = await anna.send('POST', '/api/sites', { name: 'Shop', origins: [ORIGIN, origin] })
      expect([origin, (await problemOf(response)).code]).toEqual([origin, 'INVALID_ORIGIN'])
    }
    for (const body of [{ name: ' ', origins: [ORIGIN] }, { name: 'Shop', origins: [] }, { origins: [ORIGIN] }, {}]) {
      expect((await anna.send('POST', '/api/sites', body)).ok).toBe(false)
    }
    expect(await anna.get('/api/sites')).toEqual({ items: [] })
  })

  it('changes what is named and nothing else, and says in the log what changed', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const { id, settings } = await createSite(anna)
    const change = {
      settings: { retentionDays: 7, recordFormInputs: true, block: ['.card', '#balance [data-x="a)b"]'] },
    }
    const changed = (await (await anna.send('PATCH', `/api/sites/${id}`, change)).json()) as Site
    expect(changed).toMatchObject({ name: 'Shop', origins: [ORIGIN], settings: { ...settings, ...change.settings } })
    const renamed = (await (await anna.send('PATCH', `/api/sites/${id}`, { name: ' Boutique ' })).json()) as Site
    expect(renamed).toMatchObject({ name: 'Boutique', settings: changed.settings })
    const { items } = await anna.get<Page<AuditEntry>>('/api/audit')
    expect(items.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'site.changed Boutique: name',
      'site.changed Shop: retentionDays=7, recordFormInputs=true, block',
      'site.created Shop',
      `account.created ${OWNER.email}`,
    ])
  })

  it('refuses every value that a setting cannot have, with its name and the reason', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const site = await createSite(anna)
    const wrong: readonly (readonly [string, unknown])[] = [
      ['retentionDays', 0],
      ['retentionDays', 366],
      ['retentionDays', 1.5],
      ['retentionDays', '30'],
      ['sampleRate', 1.1],
      ['sampleRate', -0.1],
      ['level', 'lax'],
      ['recordFormInputs', 'yes'],
      ['recordFormInputs', null],
      ['block', '.card'],
      ['block', ['.card', 7]],
      ['block', ['a[href']],
      ['mask', ['.a { color: red }']],
      ['mask', ['.a,']],
      ['ignore', ['> .a']],
      ['allow', ['.a /* all */']],
      ['allow', ['"']],
      ['imageHosts', ['https://cdn.example.com']],
      ['excludedPages', ['checkout']],
      ['excludedPages', ['/search?q=*']],
      ['allowedQueryNames', ['a&b']],
      ['block', Array.from({ length: 201 }, () => '.a')],
      ['block', ['a'.repeat(501)]],
      ['neverList', []],
      ['__proto__x', true],
      ['constructor', true],
    ]
    for (const [setting, value] of wrong) {
      const response = await anna.send('PATCH', `/api/sites/${site.id}`, { settings: { [setting]: value } })
      const { status, code, details } = await problemOf(response)
      expect([setting, value, status, code, details?.['setting']]).toEqual([
        setting,
        value,
        422,
        'INVALID_SETTING',
        setting,
      ])
    }
    expect(await anna.get(`/api/sites/${site.id}`)).toEqual(site)
  })

  it('of another account does not exist', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const site = await createSite(anna)
    await using admin = await openAdmin(server.config)
    await admin.createAccount({ email: 'eve@other.example', name: 'Eve', password: PASSWORD, language: 'en' })
    const eve = await server.signIn({ email: 'eve@other.example', password: PASSWORD })
    expect(await eve.get('/api/sites')).toEqual({ items: [] })
    for (const path of [`/api/sites/${site.id}`, `/api/sites/${site.id}/installation`, '/api/sites/1']) {
      expect([path, (await eve.fetch(path)).status]).toEqual([path, 404])
    }
    expect((await eve.send('PATCH', `/api/sites/${site.id}`, { name: 'Mine' })).status).toBe(404)
    expect((await eve.get<Page<AuditEntry>>('/api/audit')).items.map(({ actor }) => actor)).not.toContain(OWNER.email)
    expect(await anna.get(`/api/sites/${site.id}`)).toEqual(site)
  })

  it('says where its script is to be found and when it was last heard', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const site = await createSite(anna)
    const installation = () => anna.get<Installation>(`/api/sites/${site.id}/installation`)
    expect(await installation()).toEqual({ heardAt: null, origin: null, recorder: null, publicUrl: server.origin })
    await startVisit({ origin: server.origin, site: site.key, pageOrigin: ORIGIN })
    await eventually(async () => {
      const heard = await installation()
      expect(heard).toMatchObject({ origin: ORIGIN, recorder: expect.stringMatching(/\d/) })
      expect(heard.heardAt).toBeGreaterThan(0)
    })
  })

  it('is told the public address when there is one', async () => {
    await using server = await startTestServer({ publicUrl: 'https://replay.shop.example' })
    const anna = await server.setUp()
    const { id } = await createSite(anna)
    expect(await anna.get(`/api/sites/${id}/installation`)).toMatchObject({ publicUrl: 'https://replay.shop.example' })
  })
})

describe('the log', () => {
  it('is read page by page, newest first', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const { id } = await createSite(anna)
    for (let days = 1; days <= 60; days++)
      await anna.send('PATCH', `/api/sites/${id}`, { settings: { retentionDays: days } })
    const first = await anna.get<Page<AuditEntry>>('/api/audit')
    const second = await anna.get<Page<AuditEntry>>(`/api/audit?cursor=${first.nextCursor}`)
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 12, null])
    const days = [...first.items, ...second.items].map(({ target }) => target.replace('Shop: retentionDays=', ''))
    expect(days.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, index) => String(60 - index)))
    expect((await anna.fetch('/api/audit?cursor=x')).status).toBe(400)
  })

  it('holds what a visitor erased, as a number', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const site = await createSite(anna)
    const visitor = 'v'.repeat(22)
    await startVisit({ origin: server.origin, site: site.key, pageOrigin: ORIGIN, visitor })
    const response = await server.fetch('/v1/erase', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: ORIGIN },
      body: JSON.stringify({ v: 1, site: site.key, visitor }),
    })
    expect(await response.json()).toEqual({ erased: 1 })
    const { items } = await anna.get<Page<AuditEntry>>('/api/audit')
    expect(items[0]).toMatchObject({ actor: 'visitor', action: 'recording.erased', target: 'Shop: 1' })
  })
})
