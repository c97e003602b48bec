import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'
import { ConfigError, startServer, readConfig } from '../src/index.ts'
import { startTestServer } from './startTestServer.ts'

interface Pair {
  readonly tlsCertFile: string
  readonly tlsKeyFile: string
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-tls-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A certificate for localhost that names its owner. */
function makePair(folder: string, name: string): Pair {
  const pair = { tlsCertFile: join(folder, `${name}.pem`), tlsKeyFile: join(folder, `${name}.key`) }
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', pair.tlsKeyFile, '-out', pair.tlsCertFile]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'ignore' })
  return pair
}

const portOf = (origin: string) => Number(new URL(origin).port)

/** Who the server says it is, or why there was no handshake. */
function shakeHands(origin: string, options: { readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' } = {}) {
  return new Promise<{ readonly name: string; readonly protocol: string | null }>((resolve, reject) => {
    const socket: TLSSocket = connect(
      // Level 0, so that it is the server that refuses old versions, not this side.
      {
        port: portOf(origin),
        host: '127.0.0.1',
        rejectUnauthorized: false,
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
        ...options,
      },
      () => {
        resolve({ name: String(socket.getPeerCertificate().subject.CN), protocol: socket.getProtocol() })
        socket.destroy()
      },
    )
    socket.on('error', reject)
  })
}

const headersOf = (origin: string) =>
  new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
    request(`${origin}/api/state`, { rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.headers)
    })
      .on('error', reject)
      .end()
  })

describe('HTTPS', () => {
  it('takes 1.2 and 1.3, and nothing older', async () => {
    await using server = await startTestServer(makePair(await makeFolder(), 'first'))
    expect(server.origin).toMatch(/^https:/)
    expect(server.setupUrl).toMatch(/^https:\/\/localhost:\d+\/setup#/)
    expect((await shakeHands(server.origin)).protocol).toBe('TLSv1.3')
    expect((await shakeHands(server.origin, { maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2')
    await expect(shakeHands(server.origin, { maxVersion: 'TLSv1.1' })).rejects.toThrow(/version|alert/i)
  })

  it('asks browsers never to come by plain HTTP again', async () => {
    await using server = await startTestServer(makePair(await makeFolder(), 'first'))
    expect((await headersOf(server.origin))['strict-transport-security']).toBe('max-age=31536000')
    await expect(fetch(server.origin.replace('https', 'http'))).rejects.toThrow(/fetch failed/)
  })

  it('serves a new certificate without a restart, and keeps the old one when the new one is broken', async () => {
    const folder = await makeFolder()
    const pair = makePair(folder, 'first')
    const next = makePair(folder, 'second')
    await using server = await startTestServer(pair)
    expect((await shakeHands(server.origin)).name).toBe('first')

    await writeFile(pair.tlsCertFile, 'no certificate at all')
    await eventually(() => expect(server.log.join('')).toContain('certificate refused'))
    expect((await shakeHands(server.origin)).name).toBe('first')

    copyFileSync(next.tlsCertFile, pair.tlsCertFile)
    copyFileSync(next.tlsKeyFile, pair.tlsKeyFile)
    await eventually(async () => expect((await shakeHands(server.origin)).name).toBe('second'))
    await expect(shakeHands(server.origin, { maxVersion: 'TLSv1.1' })).rejects.toThrow(/version|alert/i)
  })

  it('does not start with a certificate that is missing or not its key’s, says which, and leaves nothing behind', async () => {
    const folder = await makeFolder()
    const [first, second] = [makePair(folder, 'first'), makePair(folder, 'second')]
    const start = (tls: Partial<Pair>) =>
      startServer(readConfig({}, { dataFolder: join(folder, 'data'), port: 0, logLevel: 'silent', ...first, ...tls }))
    await expect(start({ tlsCertFile: join(folder, 'missing.pem') })).rejects.toThrow(/missing\.pem \(ENOENT\)/)
    const mismatch = start({ tlsKeyFile: second.tlsKeyFile })
    await expect(mismatch).rejects.toThrow(ConfigError)
    await expect(mismatch).rejects.toThrow(/are not a certificate and its key/)
    const server = await start({}) // the folder is free
    await server.close()
  })
})

describe('plain HTTP', () => {
  it('is refused on an address that others reach, unless it is said that it may be', async () => {
    expect(() => readConfig({}, { host: '0.0.0.0' })).toThrow(/--allow-plain-http/)
    expect(() => readConfig({ VASISTAS_HOST: '::' })).toThrow(ConfigError)
    await using server = await startTestServer({ host: '0.0.0.0', allowPlainHttp: true })
    expect((await server.fetch('/healthz')).status).toBe(200)
  })
})
