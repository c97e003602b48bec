import type { SiteKey } from '@vasistas/wire/core'
import type { NoticeLanguage } from './notice/words.ts'

/** What the snippet says, once, at the start. */
export interface EmbedOptions {
  readonly page: Window & typeof globalThis
  /** Address of the server, without a slash at the end. */
  readonly server: string
  readonly site: SiteKey
  /** False: the site has a consent manager of its own. */
  readonly hasNotice: boolean
  readonly privacyUrl: string | undefined
  /** The site says that it records what is typed into forms; the notice tells it then. */
  readonly recordsForms: boolean
  readonly language: NoticeLanguage
}

const FIRST_SPOKEN = /(?:^|,)(en|fr)/i

/** Undefined: no site is named, and nothing can be done. */
export function readOptions(page: Window & typeof globalThis, script: HTMLScriptElement): EmbedOptions | undefined {
  const { site, notice, privacyUrl, forms, language } = script.dataset
  const said = [language, page.document.documentElement.lang, page.navigator.language].join()
  return site
    ? {
        page,
        server: new URL('.', script.src).href.slice(0, -1),
        site,
        hasNotice: notice !== 'off',
        privacyUrl,
        recordsForms: forms === 'recorded',
        language: FIRST_SPOKEN.exec(said)?.[1]?.toLowerCase() === 'fr' ? 'fr' : 'en',
      }
    : undefined
}
