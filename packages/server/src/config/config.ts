import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** All that can be configured, frozen. Defaults are the safe end: loopback, no outgoing request, no telemetry. */
export interface Config {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly dataFolder: string
  /** Beside the data folder, not inside: a copy of one is worth nothing without the other. Made at the first start, mode 0600. */
  readonly rootKeyFile: string
  /** The address under which browsers reach this server, when it is not the one it listens on. */
  readonly publicUrl: string | undefined
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** Plain HTTP on an address that is not loopback: only behind a proxy that does TLS. */
  readonly allowPlainHttp: boolean
  /** Believe X-Forwarded-For and X-Forwarded-Proto: only behind a proxy that sets them. */
  readonly trustProxy: boolean
  readonly logLevel: LogLevel
  /** Images and fonts may be fetched from private and loopback addresses: for trying it out on one machine. */
  readonly allowPrivateAssets: boolean
  /** Who may read /metrics from elsewhere than loopback, as a bearer token. */
  readonly metricsToken: string | undefined
  /** Folders of what browsers download; undefined: those of this repository. */
  readonly dashboardFolder: string
  readonly embedFolder: string
}

export interface ConfigOverrides {
  readonly host?: string
  readonly port?: number
  readonly dataFolder?: string
  readonly rootKeyFile?: string
  readonly publicUrl?: string
  readonly tlsCertFile?: string
  readonly tlsKeyFile?: string
  readonly allowPlainHttp?: boolean
  readonly trustProxy?: boolean
  readonly logLevel?: LogLevel
  readonly allowPrivateAssets?: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** What the operator wrote does not hold together; the message says what to change. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export const ENVIRONMENT_NAMES = [
  'VASISTAS_HOST',
  'VASISTAS_PORT',
  'VASISTAS_DATA',
  'VASISTAS_ROOT_KEY_FILE',
  'VASISTAS_PUBLIC_URL',
  'VASISTAS_TLS_CERT',
  'VASISTAS_TLS_KEY',
  'VASISTAS_ALLOW_PLAIN_HTTP',
  'VASISTAS_TRUST_PROXY',
  'VASISTAS_LOG_LEVEL',
  'VASISTAS_ALLOW_PRIVATE_ASSETS',
  'VASISTAS_METRICS_TOKEN',
  'VASISTAS_CONFIG',
] as const

const LOG_LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug']
const REPOSITORY = resolve(import.meta.dirname, '../../../..')

/**
 * Options win over the environment, the environment over the file that VASISTAS_CONFIG names (lines of `NAME=value` with the
 * same names). ConfigError: a value that means nothing, or a combination that would be unsafe.
 */
export function readConfig(environment: Environment, overrides: ConfigOverrides = {}): Config {
  const settings = { ...readFile(environment['VASISTAS_CONFIG']), ...defined(environment) }
  const text = (name: (typeof ENVIRONMENT_NAMES)[number]) => settings[name] || undefined
  const dataFolder = resolve(overrides.dataFolder ?? text('VASISTAS_DATA') ?? 'data')
  const config: Config = Object.freeze({
    host: overrides.host ?? text('VASISTAS_HOST') ?? '127.0.0.1',
    port: overrides.port ?? port(text('VASISTAS_PORT')),
    dataFolder,
    rootKeyFile: resolve(
      overrides.rootKeyFile ??
        text('VASISTAS_ROOT_KEY_FILE') ??
        join(dirname(dataFolder), `${nameOf(dataFolder)}.root.key`),
    ),
    publicUrl: publicUrl(overrides.publicUrl ?? text('VASISTAS_PUBLIC_URL')),
    tls: tls(overrides.tlsCertFile ?? text('VASISTAS_TLS_CERT'), overrides.tlsKeyFile ?? text('VASISTAS_TLS_KEY')),
    allowPlainHttp: overrides.allowPlainHttp ?? flag('VASISTAS_ALLOW_PLAIN_HTTP', text('VASISTAS_ALLOW_PLAIN_HTTP')),
    trustProxy: overrides.trustProxy ?? flag('VASISTAS_TRUST_PROXY', text('VASISTAS_TRUST_PROXY')),
    logLevel: overrides.logLevel ?? logLevel(text('VASISTAS_LOG_LEVEL')),
    allowPrivateAssets:
      overrides.allowPrivateAssets ?? flag('VASISTAS_ALLOW_PRIVATE_ASSETS', text('VASISTAS_ALLOW_PRIVATE_ASSETS')),
    metricsToken: text('VASISTAS_METRICS_TOKEN'),
    dashboardFolder: join(REPOSITORY, 'packages/dashboard/dist'),
    embedFolder: join(REPOSITORY, 'packages/embed/dist'),
  })
  checkPlainHttp(config)
  return config
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function checkPlainHttp({ host, tls: certificates, allowPlainHttp }: Config): void {
  if (certificates || allowPlainHttp || isLoopback(host)) return
  throw new ConfigError(
    `${host} is not loopback, and without a certificate everything would travel in clear: give --tls-cert and --tls-key, or --allow-plain-http when a proxy in front does TLS`,
  )
}

function readFile(path: string | undefined): Environment {
  if (!path) return {}
  if (!existsSync(path)) throw new ConfigError(`VASISTAS_CONFIG names ${path}, which does not exist`)
  return parseEnv(readFileSync(path, 'utf8'))
}

const defined = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined))

const nameOf = (folder: string): string => folder.split('/').at(-1) || 'data'

function port(text: string | undefined): number {
  if (text === undefined) return 4300
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535) throw new ConfigError(`VASISTAS_PORT is not a port: ${text}`)
  return value
}

function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0' || text === 'false') return false
  if (text === '1' || text === 'true') return true
  throw new ConfigError(`${name} is 1 or 0, not ${text}`)
}

function logLevel(text: string | undefined): LogLevel {
  if (text === undefined) return 'info'
  const level = LOG_LEVELS.find((candidate) => candidate === text)
  if (!level) throw new ConfigError(`VASISTAS_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}, not ${text}`)
  return level
}

function publicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new ConfigError(`the public address is of the form https://host, not ${text}`)
  }
  return url.origin
}

function tls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined) {
    throw new ConfigError('a certificate and its key go together: give --tls-cert and --tls-key')
  }
  return Object.freeze({ certFile: resolve(certFile), keyFile: resolve(keyFile) })
}
