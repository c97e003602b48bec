import { randomBytes } from 'node:crypto'
import { AppError, openAdmin, type Config } from '@vasistas/server'

export interface DemoAccount {
  readonly email: string
  readonly password: string
}

const EMAIL = 'demo@clenche.example'

/** An account with a password of its own, told once; nothing when the folder has the demo account already. */
export async function ensureDemoAccount(config: Config): Promise<DemoAccount | undefined> {
  const password = randomBytes(12).toString('base64url')
  await using admin = await openAdmin(config)
  try {
    await admin.createAccount({ email: EMAIL, name: 'Demo', password, language: 'en' })
    return { email: EMAIL, password }
  } catch (error) {
    if (error instanceof AppError && error.code === 'EMAIL_TAKEN') return undefined
    throw error
  }
}
