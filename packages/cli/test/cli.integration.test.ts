import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aClick, aPageLoad, eventually, startVisit } from '@vasistas/testing'
import type { Page, RecordingSummary, Site } from '@vasistas/wire/api'
import { toRrwebEvent } from '@vasistas/wire/recording'
import { installVasistas, type Installation } from './runVasistas.ts'

const PASSWORD = 'violet-otter-mends-7-kettles\n'
const PAGE_ORIGIN = 'https://shop.example'

const createAccount = (vasistas: Installation, email = 'anna@shop.example') =>
  vasistas.run(['account', 'create', '--email', email, '--password-stdin'], { stdin: PASSWORD })

const createSite = (vasistas: Installation) =>
  vasistas.json<Site>(['site', 'create', '--origin', PAGE_ORIGIN, '--name', 'Shop'])

// Every command is a process that reads all of the server: give a busy machine its time.
describe('vasistas', { timeout: 240_000 }, () => {
  it('explains itself, with examples, and says what its exit codes mean', async () => {
    const vasistas = await installVasistas()
    const help = await vasistas.run(['--help'])
    expect(help.code).toBe(0)
    for (const command of ['serve', 'account', 'site', 'recordings', 'export', 'erase', 'doctor']) {
      expect(help.stdout).toContain(`  ${command}`)
    }
    expect(help.stdout).toContain('Exit codes: 0 done')
    expect((await vasistas.run(['site', 'set', '--help'])).stdout).toContain('recordFormInputs=on')
  })

  it.each([
    [['nonsense'], /unknown command/],
    [['site', 'create'], /required option/],
    [['recordings', 'list', '--limit', '0'], /from 1 to 100/],
    [['export', 'x', '--format', 'video'], /rrweb, json/],
    [['site', 'set', 'KEY', 'retentionDays=soon'], /is a number/],
    [['site', 'set', 'KEY', 'unknownSetting=1'], /there is no setting/],
    [['account', 'create', '--email', 'a@b.example'], /--password-stdin/],
    [['serve', '--host', '0.0.0.0'], /--tls-cert/],
  ])('ends with 2 when it does not understand: %j', async (args, told) => {
    const vasistas = await installVasistas()
    const { code, stdout, stderr } = await vasistas.run(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(told)
  })

  it('creates an owner from a password on standard input, once', async () => {
    const vasistas = await installVasistas()
    const created = await createAccount(vasistas)
    expect(created).toMatchObject({ code: 0, stdout: expect.stringContaining('anna@shop.example') as string })
    const again = await createAccount(vasistas, 'Anna@Shop.example')
    expect([again.code, again.stderr]).toEqual([4, expect.stringContaining('exists')])
    const weak = await vasistas.run(['account', 'create', '--email', 'b@c.example', '--password-stdin', '--json'], {
      stdin: 'password1\n',
    })
    expect(weak.code).toBe(4)
    expect(JSON.parse(weak.stderr)).toMatchObject({ error: 'PASSWORD_TOO_WEAK' })
    const wrong = await vasistas.run(['account', 'create', '--email', 'nobody', '--password-stdin'], {
      stdin: PASSWORD,
    })
    expect(wrong.code).toBe(4)
  })

  it('creates sites, changes their settings and lists them', async () => {
    const vasistas = await installVasistas()
    await createAccount(vasistas)
    const { key } = await createSite(vasistas)
    const changes = ['recordFormInputs=on', 'privacyLevel=strict', 'retentionDays=14', 'block=.card, #secret']
    const changed = await vasistas.json<Site>(['site', 'set', key, ...changes])
    expect(changed.settings).toMatchObject({
      recordFormInputs: true,
      level: 'strict',
      retentionDays: 14,
      block: ['.card', '#secret'],
      recordEmails: false,
    })
    expect(await vasistas.json<Site[]>(['site', 'list'])).toEqual([changed])
    expect((await vasistas.run(['site', 'list'])).stdout).toContain(key)

    const refused = await vasistas.run(['site', 'set', key, 'retentionDays=4000'])
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('retentionDays')])
    expect((await vasistas.run(['site', 'set', 'no-such-key', 'retentionDays=4'])).code).toBe(3)
    expect((await vasistas.run(['site', 'create', '--origin', 'https://shop.example/path'])).code).toBe(4)
    expect((await vasistas.run(['site', 'create', '--origin', PAGE_ORIGIN, '--account', 'x@y.example'])).code).toBe(3)
  })

  it('serves, and beside the running server lists, exports and erases what visitors left', async () => {
    const vasistas = await installVasistas()
    const server = await vasistas.serve()
    expect(server.setupUrl).toContain(server.origin)
    await createAccount(vasistas)
    const { key } = await createSite(vasistas)
    const sent = [...aPageLoad(`${PAGE_ORIGIN}/`, Date.now()), aClick(Date.now() + 50)]
    const visit = await eventually(() => startVisit({ origin: server.origin, site: key, pageOrigin: PAGE_ORIGIN }))
    expect((await visit.openStream().send(sent)).status).toBe(200)
    const { recording } = visit

    const page = await eventually(async () => {
      const listed = await vasistas.json<Page<RecordingSummary>>(['recordings', 'list', '--site', key])
      expect(listed.items).toMatchObject([{ id: recording, pages: 1, clicks: 1, state: 'live' }])
      return listed
    })
    expect(page.nextCursor).toBeNull()
    expect((await vasistas.run(['recordings', 'list'])).stdout).toMatch(
      new RegExp(`^ID .*\n${recording} .* live$`, 'm'),
    )
    expect((await vasistas.run(['recordings', 'list', '--site', 'no-such-key'])).code).toBe(3)

    const events = sent.map(toRrwebEvent)
    const exported = await vasistas.run(['export', recording])
    expect([exported.code, JSON.parse(exported.stdout)]).toEqual([0, events])
    const file = join(vasistas.folder, 'visit.json')
    const receipt = await vasistas.json(['export', recording, '--format', 'json', '-o', file])
    const written = await readFile(file, 'utf8')
    expect(receipt).toEqual({ recording, file, bytes: Buffer.byteLength(written) })
    expect(JSON.parse(written)).toMatchObject({ recording: { id: recording }, events })
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    expect(await vasistas.json(['erase', '--recording', recording])).toMatchObject({ recording, erased: 1 })
    for (const gone of [
      ['erase', '--recording', recording],
      ['export', recording],
    ]) {
      const { code, stderr } = await vasistas.run(gone)
      expect([code, stderr]).toEqual([3, `vasistas: there is no recording ${recording}\n`])
    }
    expect(await vasistas.json(['recordings', 'list'])).toEqual({ items: [], nextCursor: null })
    expect(await server.stop()).toBe(0)
  })

  it('lets one process serve a data folder, and says so to the second', async () => {
    const vasistas = await installVasistas()
    const server = await vasistas.serve()
    const second = await vasistas.run(['serve', '--port', '0'])
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('another process serves')])
    const { port } = new URL(server.origin)
    const taken = await vasistas.run(['serve', '--port', port, '--data', join(vasistas.folder, 'other')])
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('--port')])
  })

  it('examines an installation and fails when something would be lost or shown', async () => {
    const vasistas = await installVasistas()
    await createAccount(vasistas)
    const bundles = ['loader and recorder', 'dashboard']
    const examine = async () => {
      const { code, stdout } = await vasistas.run(['doctor', '--json'])
      const { findings, config } = JSON.parse(stdout) as {
        findings: { check: string; status: string; detail: string }[]
        config: Record<string, unknown>
      }
      return { code, config, failed: findings.filter(({ status }) => status === 'failed').map(({ check }) => check) }
    }
    const sound = await examine()
    expect(sound.failed.filter((check) => !bundles.includes(check))).toEqual([])
    expect(sound.code).toBe(sound.failed.length > 0 ? 1 : 0)
    expect(sound.config).toMatchObject({ host: '127.0.0.1', dataFolder: join(vasistas.folder, 'data') })

    await chmod(join(vasistas.folder, 'data.root.key'), 0o644)
    const database = join(vasistas.folder, 'data', 'meta.db')
    const bytes = await readFile(database)
    await writeFile(database, bytes.fill(0xff, 8192, 24_576))
    const broken = await examine()
    expect(broken.code).toBe(1)
    expect(broken.failed).toEqual(expect.arrayContaining(['root key', 'meta.db']))
    expect((await vasistas.run(['doctor'])).stderr).toMatch(/failed: .*root key.*meta\.db/)
  })

  it('finds the Node it needs when an older one starts it', async () => {
    const vasistas = await installVasistas()
    // What an old Node would say of itself; the process that goes on is told the truth.
    const old = "if(!process.env.VASISTAS_NODE_FOUND)Object.defineProperty(process.versions,'node',{value:'20.19.0'})"
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}` }
    const { code, stdout } = await vasistas.run(['site', 'list', '--json'], { env })
    expect([code, JSON.parse(stdout)]).toEqual([0, []])
    const failing = await vasistas.run(['export', 'x'], { env })
    expect(failing.code).toBe(3)
  })
})
