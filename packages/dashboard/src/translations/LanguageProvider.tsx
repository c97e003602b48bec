import type { Language } from '@vasistas/wire/api'
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import { createFormat, type Format } from '../format/format.ts'
import { keepLanguage, loadTranslator } from './languageChoice.ts'
import type { Translator } from './translator.ts'

interface LanguageValue extends Translator {
  readonly format: Format
  /** Shows the language at once; `keep` remembers it in this browser. */
  setLanguage(language: Language, options: { readonly keep: boolean }): Promise<void>
}

const LanguageContext = createContext<LanguageValue | undefined>(undefined)

export function LanguageProvider({
  initial,
  children,
}: {
  readonly initial: Translator
  readonly children: ReactNode
}) {
  const [translator, setTranslator] = useState(initial)
  const setLanguage = useCallback(async (language: Language, { keep }: { readonly keep: boolean }) => {
    if (keep) keepLanguage(language)
    const next = await loadTranslator(language)
    document.documentElement.lang = language
    setTranslator(next)
  }, [])
  const value = useMemo(
    () => ({ ...translator, format: createFormat(translator.language), setLanguage }),
    [translator, setLanguage],
  )
  return <LanguageContext value={value}>{children}</LanguageContext>
}

/** Words and formats in the reader's language. */
export function useLanguage(): LanguageValue {
  const value = use(LanguageContext)
  if (!value) throw new Error('useLanguage needs a LanguageProvider above it')
  return value
}
