import { openAdmin } from '@vasistas/server'
import type { CommandContext } from '../command.types.ts'
import { askNewPassword, readPasswordFromStdin } from '../readPassword.ts'

export interface CreateAccountOptions {
  readonly email: string
  readonly name?: string
  readonly language: 'en' | 'fr'
  readonly passwordStdin?: true
}

export async function createAccount(options: CreateAccountOptions, { config, output, terminal }: CommandContext) {
  const password = options.passwordStdin ? await readPasswordFromStdin(terminal) : await askNewPassword(terminal)
  await using admin = await openAdmin(config)
  const { email, language } = options
  const account = await admin.createAccount({ email, name: options.name ?? '', password, language })
  output.result(account, `Account of ${account.email} created. Sign in with this address and password.`)
}
