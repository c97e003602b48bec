import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Server } from 'node:https'
import { ConfigError } from '../config/config.ts'

export interface CertificateFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
  readonly minVersion: 'TLSv1.2'
}

const LOOK_EVERY_MS = 1000

/** ConfigError: a file is missing, or the two do not belong together. */
export function readCertificate({ certFile, keyFile }: CertificateFiles): Certificate {
  let certificate: Certificate
  try {
    certificate = { cert: readFileSync(certFile), key: readFileSync(keyFile), minVersion: 'TLSv1.2' }
  } catch (error) {
    const { path = '', code = '' } = error as NodeJS.ErrnoException
    throw new ConfigError(`cannot read ${path} (${code})`, { cause: error })
  }
  try {
    createSecureContext(certificate)
  } catch (error) {
    throw new ConfigError(`${certFile} and ${keyFile} are not a certificate and its key`, { cause: error })
  }
  return certificate
}

/**
 * Serves a new certificate as soon as both files hold a pair that fits; a broken pair is told and the old one stays. Files
 * are looked at by name once a second, which also sees what renewal tools do (rename, symbolic links).
 */
export function watchCertificate(
  server: Server,
  files: CertificateFiles,
  report: (outcome: 'renewed' | 'broken', error?: unknown) => void,
): { stop(): void } {
  function reload(): void {
    try {
      server.setSecureContext(readCertificate(files))
      report('renewed')
    } catch (error) {
      report('broken', error)
    }
  }
  const names = [files.certFile, files.keyFile]
  for (const name of names) watchFile(name, { interval: LOOK_EVERY_MS, persistent: false }, reload)
  return {
    stop() {
      for (const name of names) unwatchFile(name, reload)
    },
  }
}
