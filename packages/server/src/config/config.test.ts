import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError, isLoopback, readConfig } from './config.ts'

describe('readConfig', () => {
  it('is safe when nothing is said', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4300,
      dataFolder: join(process.cwd(), 'data'),
      rootKeyFile: join(process.cwd(), 'data.root.key'),
      publicUrl: undefined,
      tls: undefined,
      allowPlainHttp: false,
      trustProxy: 0,
      logLevel: 'info',
      allowPrivateAssets: false,
      metricsToken: undefined,
    })
  })

  it('cannot be changed afterwards', () => {
    const config = readConfig({ VASISTAS_TLS_CERT: 'a.pem', VASISTAS_TLS_KEY: 'a.key' })
    expect([Object.isFrozen(config), Object.isFrozen(config.tls)]).toEqual([true, true])
  })

  it('takes options before the environment, and the environment before the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-config-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'vasistas.env')
    await writeFile(file, '# ours\nVASISTAS_PORT=1\nVASISTAS_HOST=localhost\nVASISTAS_LOG_LEVEL="warn"\n')
    const environment = { VASISTAS_CONFIG: file, VASISTAS_PORT: '2', VASISTAS_HOST: '127.0.0.2', HOME: '/root' }
    expect(readConfig(environment, { port: 3 })).toMatchObject({ port: 3, host: '127.0.0.2', logLevel: 'warn' })

    await writeFile(file, 'VASISTAS_ALOW_PLAIN_HTTP=1\n')
    expect(() => readConfig(environment)).toThrow(/vasistas\.env sets VASISTAS_ALOW_PLAIN_HTTP, which is not a setting/)
    expect(() => readConfig({ VASISTAS_CONFIG: join(folder, 'none') })).toThrow(/none, which does not exist/)
  })

  it('counts the proxies that are believed', () => {
    const trusted = (text: string) => readConfig({ VASISTAS_TRUST_PROXY: text }).trustProxy
    expect(['0', '1', '2', 'true', 'false'].map(trusted)).toEqual([0, 1, 2, 1, 0])
  })

  it.each([
    [{ VASISTAS_PORT: 'tcp://10.0.0.1:4300' }, /VASISTAS_PORT is a whole number/],
    [{ VASISTAS_PORT: '65536' }, /the port is a whole number from 0 to 65535/],
    [{ VASISTAS_TRUST_PROXY: 'yes' }, /VASISTAS_TRUST_PROXY/],
    [{ VASISTAS_TRUST_PROXY: '11' }, /trusted proxies/],
    [{ VASISTAS_LOG_LEVEL: 'loud' }, /VASISTAS_LOG_LEVEL is one of silent, error/],
    [{ VASISTAS_ALLOW_PRIVATE_ASSETS: 'maybe' }, /VASISTAS_ALLOW_PRIVATE_ASSETS is 1 or 0/],
    [{ VASISTAS_PUBLIC_URL: 'replay.example' }, /public address/],
    [{ VASISTAS_PUBLIC_URL: 'https://replay.example/path' }, /public address/],
    [{ VASISTAS_TLS_CERT: 'cert.pem' }, /go together/],
    [{ VASISTAS_TLS_KEY: 'key.pem' }, /go together/],
    [{ VASISTAS_HOST: '0.0.0.0' }, /--allow-plain-http/],
    [{ VASISTAS_HOST: '192.0.2.1' }, /--allow-plain-http/],
  ])('says what is wrong with %o', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(ConfigError)
    expect(() => readConfig(environment)).toThrow(message)
  })

  it('says what is wrong with an option too', () => {
    expect(() => readConfig({}, { port: Number.NaN })).toThrow(/the port is a whole number/)
  })

  it('lets others in over HTTPS, or where plain HTTP is wanted', () => {
    const tls = { VASISTAS_TLS_CERT: 'cert.pem', VASISTAS_TLS_KEY: 'key.pem' }
    expect(readConfig({ VASISTAS_HOST: '0.0.0.0', ...tls }).host).toBe('0.0.0.0')
    expect(readConfig({ VASISTAS_HOST: '0.0.0.0', VASISTAS_ALLOW_PLAIN_HTTP: '1' }).allowPlainHttp).toBe(true)
  })
})

describe('isLoopback', () => {
  it('is true of this machine’s own names only', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'].every(isLoopback)).toBe(true)
    const others = ['127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0', '::', '10.0.0.1', '']
    expect(others.some(isLoopback)).toBe(false)
  })
})
