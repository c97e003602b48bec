import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
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
  /**
   * How many proxies stand in front. So many entries of X-Forwarded-For are believed, counted from its end: what comes before
   * them is the visitor's own word. 0: none, and no X-Forwarded header is read.
   */
  readonly trustProxy: number
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
  readonly trustProxy?: number
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
const DEFAULT_PORT = 4300
const MOST_PROXIES = 10

/**
 * Options win over the environment, the environment over the file that VASISTAS_CONFIG names (lines of `NAME=value` with the
 * same names). ConfigError: a value that means nothing, or a combination that would be unsafe.
 */
export function readConfig(environment: Environment, overrides: ConfigOverrides = {}): Config {
  const settings = { ...readFile(environment['VASISTAS_CONFIG']), ...defined(environment) }
  const text = (name: (typeof ENVIRONMENT_NAMES)[number]) => settings[name] || undefined
  const repository = resolve(import.meta.dirname, '../../../..')
  const dataFolder = resolve(overrides.dataFolder ?? text('VASISTAS_DATA') ?? 'data')
  const config: Config = Object.freeze({
    host: overrides.host ?? text('VASISTAS_HOST') ?? '127.0.0.1',
    port: checkWhole(
      'the port',
      overrides.port ?? parseNumber('VASISTAS_PORT', text('VASISTAS_PORT'), DEFAULT_PORT),
      65_535,
    ),
    dataFolder,
    rootKeyFile: resolve(
      overrides.rootKeyFile ??
        text('VASISTAS_ROOT_KEY_FILE') ??
        join(dirname(dataFolder), `${basename(dataFolder) || 'data'}.root.key`),
    ),
    publicUrl: parsePublicUrl(overrides.publicUrl ?? text('VASISTAS_PUBLIC_URL')),
    tls: parseTls(overrides.tlsCertFile ?? text('VASISTAS_TLS_CERT'), overrides.tlsKeyFile ?? text('VASISTAS_TLS_KEY')),
    allowPlainHttp:
      overrides.allowPlainHttp ?? parseFlag('VASISTAS_ALLOW_PLAIN_HTTP', text('VASISTAS_ALLOW_PLAIN_HTTP')),
    trustProxy: checkWhole(
      'the number of trusted proxies',
      overrides.trustProxy ?? parseProxies(text('VASISTAS_TRUST_PROXY')),
      MOST_PROXIES,
    ),
    logLevel: overrides.logLevel ?? parseLogLevel(text('VASISTAS_LOG_LEVEL')),
    allowPrivateAssets:
      overrides.allowPrivateAssets ?? parseFlag('VASISTAS_ALLOW_PRIVATE_ASSETS', text('VASISTAS_ALLOW_PRIVATE_ASSETS')),
    metricsToken: text('VASISTAS_METRICS_TOKEN'),
    dashboardFolder: join(repository, 'packages/dashboard/dist'),
    embedFolder: join(repository, 'packages/embed/dist'),
  })
  checkPlainHttp(config)
  return config
}

/** As `readConfig`, with this process's own environment. */
export const readProcessConfig = (overrides: ConfigOverrides = {}): Config => readConfig(process.env, overrides)

/** Whether browsers come by HTTPS, to this server itself or to a proxy in front of it. */
export const isReachedByHttps = ({ tls, publicUrl }: Config): boolean =>
  tls !== undefined || publicUrl?.startsWith('https:') === true

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
  const settings = parseEnv(readFileSync(path, 'utf8'))
  const unknown = Object.keys(settings).find((name) => !ENVIRONMENT_NAMES.some((known) => known === name))
  // A slip of the pen in a file of ours must not leave a default in force without a word.
  if (unknown !== undefined) throw new ConfigError(`${path} sets ${unknown}, which is not a setting`)
  return settings
}

const defined = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined))

function parseNumber(name: string, text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault
  if (!/^\d+$/.test(text)) throw new ConfigError(`${name} is a whole number, not ${text}`)
  return Number(text)
}

function checkWhole(what: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new ConfigError(`${what} is a whole number from 0 to ${most}, not ${value}`)
}

function parseProxies(text: string | undefined): number {
  return text === 'true' ? 1 : text === 'false' ? 0 : parseNumber('VASISTAS_TRUST_PROXY', text, 0)
}

function parseFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0' || text === 'false') return false
  if (text === '1' || text === 'true') return true
  throw new ConfigError(`${name} is 1 or 0, not ${text}`)
}

function parseLogLevel(text: string | undefined): LogLevel {
  if (text === undefined) return 'info'
  const level = LOG_LEVELS.find((candidate) => candidate === text)
  if (!level) throw new ConfigError(`VASISTAS_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}, not ${text}`)
  return level
}

function parsePublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new ConfigError(`the public address is of the form https://host, not ${text}`)
  }
  return url.origin
}

function parseTls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined) {
    throw new ConfigError('a certificate and its key go together: give --tls-cert and --tls-key')
  }
  return Object.freeze({ certFile: resolve(certFile), keyFile: resolve(keyFile) })
}
