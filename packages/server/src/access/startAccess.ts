import type { Clock } from '../clock.ts'
import { isReachedByHttps, type Config } from '../config/config.ts'
import type { Random } from '../random.ts'
import { createAccountStore } from '../store/accountStore.ts'
import type { Store } from '../store/openStore.ts'
import { createSignInStore } from '../store/signInStore.ts'
import { createSignInCookies } from './authenticate.ts'
import { createOwnAddress } from './ownAddress.ts'
import { createPasswordHasher } from './passwordHash.ts'
import { createPasswordStrength } from './passwordStrength.ts'
import { createSetupLinks } from './setupLinks.ts'
import { createSignIns } from './signIns.ts'

export interface AccessDependencies {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
}

/** Who may come in: accounts, passwords, sign-ins, and the addresses that we are known under. */
export function startAccess({ config, store, clock, random }: AccessDependencies) {
  const accounts = createAccountStore(store.meta, store.ids)
  const passwords = createPasswordHasher()
  const strength = createPasswordStrength()
  const signIns = createSignIns({
    accounts,
    signIns: createSignInStore(store.meta, store.ids),
    passwords,
    clock,
    random,
    derive: store.keys.derive,
  })
  return {
    accounts,
    passwords,
    strength,
    signIns,
    setupLinks: createSetupLinks({ accounts, clock, random }),
    cookies: createSignInCookies(isReachedByHttps(config)),
    ownAddress: createOwnAddress(config),
    close: () => strength.close(),
  }
}
