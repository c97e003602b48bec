import type { Language } from '@vasistas/wire/api'
import { createTranslator, type Translator } from './translator.ts'

const KEY = 'vasistas.language'

export const LANGUAGES: readonly { readonly value: Language; readonly label: string }[] = [
  // A language is named in itself, so that who cannot read the page finds it.
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
]

/** The language that was chosen in this browser, if any. */
export function keptLanguage(): Language | undefined {
  const kept = readStorage(KEY)
  return kept === 'en' || kept === 'fr' ? kept : undefined
}

export function keepLanguage(language: Language): void {
  writeStorage(KEY, language)
}

/** Before anybody is known: what was chosen here, or what the browser prefers. */
export function firstLanguage(preferred: readonly string[]): Language {
  return keptLanguage() ?? (preferred.find((name) => /^(?:fr|en)/.test(name))?.startsWith('fr') ? 'fr' : 'en')
}

/** Each catalogue is a download of its own. */
export async function loadTranslator(language: Language): Promise<Translator> {
  if (language === 'fr') {
    const { fr } = await import('./fr.ts')
    return createTranslator('fr', fr)
  }
  const { en } = await import('./en.ts')
  return createTranslator('en', en)
}

function readStorage(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined // storage is forbidden: nothing is remembered
  }
}

function writeStorage(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is forbidden: the choice holds until the page is closed.
  }
}
