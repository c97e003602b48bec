import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { createClock, type Clock } from './clock.ts'
import { isLoopback, type Config } from './config/config.ts'
import { checkAuditLog } from './store/checkAuditLog.ts'
import { checkDatabase, readNewestMoment } from './store/checkDatabase.ts'
import { probeDescriptors, probeDisk, probeFile, probeFolder } from './store/diskProbes.ts'

export interface Finding {
  readonly check: string
  /** `warning`: works, but somebody should look; `failed`: the server will not start, or would lose or show something. */
  readonly status: 'ok' | 'warning' | 'failed'
  readonly detail: string
}

export interface Examination {
  readonly healthy: boolean
  readonly findings: readonly Finding[]
  /** The effective settings; secrets are named, not shown. */
  readonly config: Readonly<Record<string, unknown>>
}

const NEEDED_NODE = [24, 15] as const
const GIB = 1024 ** 3
/** storage.md §3.9: below these, new sessions and then replay bytes are refused. */
const WARN_FREE = { bytes: 4 * GIB, share: 0.15 }
const FAIL_FREE = { bytes: 2 * GIB, share: 0.08 }
/** Milliseconds: a disk that answers faster than light reaches a platter has not written; one that is slower holds up acks. */
const SYNC_TOO_FAST_MS = 0.02
const SYNC_SLOW_MS = 50
const MIN_DESCRIPTORS = 512
const CLOCK_SLACK_MS = 60_000
const CERTIFICATE_WARNING_DAYS = 14
const DAY_MS = 86_400_000

/** Looks at an installation without changing it, beside a running server too. */
export async function examineInstallation(config: Config, clock: Clock = createClock()): Promise<Examination> {
  const findings = [
    checkNode(process.versions.node),
    await checkDataFolder(config),
    await checkRootKey(config),
    ...(await checkDisk(config, clock)),
    await checkDescriptors(),
    ...checkDatabases(config),
    checkAudit(config),
    checkClock(config, clock),
    await checkBundle('loader and recorder', join(config.embedFolder, 'v.js')),
    await checkBundle('dashboard', join(config.dashboardFolder, 'index.html')),
    await checkTransport(config, clock),
  ]
  return {
    healthy: findings.every(({ status }) => status !== 'failed'),
    findings,
    config: { ...config, metricsToken: config.metricsToken === undefined ? undefined : '(set)' },
  }
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isNew = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])
  return found('Node', isNew ? 'ok' : 'failed', `${version}; ${NEEDED_NODE.join('.')} or newer is needed`)
}

async function checkDataFolder({ dataFolder }: Config): Promise<Finding> {
  const { exists, writable, mode } = await probeFolder(dataFolder)
  const check = 'data folder'
  if (!exists) return found(check, 'ok', `${dataFolder} is made at the first start`)
  if (!writable) return found(check, 'failed', `${dataFolder} cannot be written by this user`)
  if ((mode & 0o077) !== 0) return found(check, 'warning', `${dataFolder} may be entered by others: chmod 700 it`)
  return found(check, 'ok', `${dataFolder}, mode ${mode.toString(8)}`)
}

async function checkRootKey({ dataFolder, rootKeyFile }: Config): Promise<Finding> {
  const { exists, mode } = await probeFile(rootKeyFile)
  const check = 'root key'
  const hasKeys = (await probeFile(join(dataFolder, 'keys.db'))).exists
  if (!exists && hasKeys)
    return found(check, 'failed', `${rootKeyFile} is missing: nothing stored can be read without it`)
  if (!exists) return found(check, 'ok', `${rootKeyFile} is made at the first start`)
  if ((mode & 0o077) !== 0) return found(check, 'failed', `${rootKeyFile} may be read by others: chmod 600 it`)
  return found(check, 'ok', `${rootKeyFile}, mode ${mode.toString(8)}`)
}

async function checkDisk({ dataFolder }: Config, clock: Clock): Promise<readonly Finding[]> {
  const { exists, writable } = await probeFolder(dataFolder)
  if (!exists || !writable) return []
  const { freeBytes, totalBytes, syncMs, isMemory } = await probeDisk(dataFolder, clock)
  const isBelow = ({ bytes, share }: typeof WARN_FREE) => freeBytes < bytes || freeBytes < totalBytes * share
  const free = `${(freeBytes / GIB).toFixed(1)} GiB of ${(totalBytes / GIB).toFixed(1)} GiB free`
  return [
    found('disk space', isBelow(FAIL_FREE) ? 'failed' : isBelow(WARN_FREE) ? 'warning' : 'ok', free),
    syncFinding(syncMs, isMemory),
  ]
}

function syncFinding(syncMs: number, isMemory: boolean): Finding {
  const check = 'disk synchronization'
  const measured = `${syncMs.toFixed(2)} ms for a small write`
  if (isMemory) return found(check, 'warning', `${measured}; this folder is in memory and does not survive a restart`)
  if (syncMs < SYNC_TOO_FAST_MS)
    return found(check, 'warning', `${measured}: too fast to be true, a power cut may lose data`)
  if (syncMs > SYNC_SLOW_MS) return found(check, 'warning', `${measured}: every acknowledgement waits as long`)
  return found(check, 'ok', measured)
}

async function checkDescriptors(): Promise<Finding> {
  const free = await probeDescriptors()
  const check = 'file descriptors'
  if (free === undefined) return found(check, 'ok', 'this system does not say')
  return found(check, free < MIN_DESCRIPTORS ? 'warning' : 'ok', `${free} free; each visitor who sends takes one`)
}

function checkDatabases({ dataFolder }: Config): readonly Finding[] {
  return ['meta.db', 'keys.db'].map((name) => {
    const result = checkDatabase(join(dataFolder, name))
    if (result.status === 'missing') return found(name, 'ok', 'is made at the first start')
    return result.status === 'sound'
      ? found(name, 'ok', 'quick check found nothing')
      : found(name, 'failed', result.problems.join('; '))
  })
}

function checkAudit({ dataFolder }: Config): Finding {
  const log = checkAuditLog(join(dataFolder, 'meta.db'))
  const check = 'audit log'
  if (!log) return found(check, 'ok', 'is made at the first start')
  const [first] = log.breaks
  return first === undefined
    ? found(check, 'ok', `${log.entries} entries, each follows from the one before`)
    : found(check, 'failed', `entry ${first.entry} of account ${first.account} was changed after it was written`)
}

/** Retention and sign-ins go by the clock: one that runs behind keeps what should be gone. */
function checkClock({ dataFolder }: Config, clock: Clock): Finding {
  const newest = readNewestMoment(join(dataFolder, 'meta.db'))
  const now = clock.now()
  const isBehind = newest !== undefined && newest > now + CLOCK_SLACK_MS
  const time = new Date(now).toISOString()
  return isBehind
    ? found('clock', 'failed', `${time} is before the newest stored batch, ${new Date(newest).toISOString()}`)
    : found('clock', 'ok', time)
}

async function checkBundle(name: string, file: string): Promise<Finding> {
  const { exists } = await probeFile(file)
  return found(name, exists ? 'ok' : 'failed', exists ? file : `${file} is missing: npm run build`)
}

async function checkTransport(
  { tls, host, allowPlainHttp, publicUrl, trustProxy }: Config,
  clock: Clock,
): Promise<Finding> {
  const check = 'transport'
  if (!tls) {
    if (trustProxy > 0 && publicUrl === undefined) {
      return found(check, 'warning', 'behind a proxy: cookies are bound to HTTPS only when VASISTAS_PUBLIC_URL says so')
    }
    if (isLoopback(host)) return found(check, 'ok', 'plain HTTP on loopback')
    const isSaid = allowPlainHttp && publicUrl?.startsWith('https:')
    return found(
      check,
      isSaid ? 'ok' : 'warning',
      'plain HTTP: a proxy in front must do TLS (VASISTAS_PUBLIC_URL says so)',
    )
  }
  const [certificate, key] = await Promise.all([probeFile(tls.certFile), probeFile(tls.keyFile)])
  if (!certificate.content || !key.content) return found(check, 'failed', 'the certificate or its key cannot be read')
  try {
    const { validTo } = new X509Certificate(certificate.content)
    const daysLeft = Math.floor((Date.parse(validTo) - clock.now()) / DAY_MS)
    const status = daysLeft < 0 ? 'failed' : daysLeft < CERTIFICATE_WARNING_DAYS ? 'warning' : 'ok'
    return found(check, status, `HTTPS, certificate valid to ${validTo}`)
  } catch {
    return found(check, 'failed', `${tls.certFile} is no certificate in PEM`)
  }
}

const found = (check: string, status: Finding['status'], detail: string): Finding => ({ check, status, detail })
