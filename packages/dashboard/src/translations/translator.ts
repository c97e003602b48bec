import type { Language } from '@vasistas/wire/api'
import { IntlMessageFormat } from 'intl-messageformat'
import { createElement, Fragment, type ReactNode } from 'react'
import type { en } from './en.ts'

export type MessageKey = keyof typeof en
export type Catalogue = Readonly<Record<MessageKey, string>>
export type MessageValues = Readonly<Record<string, string | number | Date>>
export type RichValues = Readonly<Record<string, ReactNode | Date | ((parts: ReactNode[]) => ReactNode)>>

export interface Translator {
  readonly language: Language
  t(key: MessageKey, values?: MessageValues): string
  /** As `t`, where a message holds tags such as `<b>…</b>`, or a value is an element. */
  rich(key: MessageKey, values: RichValues): ReactNode
}

/** Messages are parsed when they are first said. */
export function createTranslator(language: Language, catalogue: Catalogue): Translator {
  const parsed = new Map<MessageKey, IntlMessageFormat>()

  function messageOf(key: MessageKey): IntlMessageFormat {
    const known = parsed.get(key)
    if (known) return known
    const message = new IntlMessageFormat(typeset(catalogue[key], language), language)
    parsed.set(key, message)
    return message
  }

  return {
    language,
    t: (key, values) => String(messageOf(key).format(values)),
    rich(key, values) {
      const parts = messageOf(key).format<ReactNode>(values as Record<string, ReactNode>)
      return Array.isArray(parts) ? createElement(Fragment, undefined, ...(parts as ReactNode[])) : (parts as ReactNode)
    },
  }
}

const NARROW_SPACE = '\u202f'
const FIXED_SPACE = '\u00a0'

/** French puts spaces that may not break before `; ! ?`, `:` and inside « »; the catalogue is written with plain ones. */
export function typeset(message: string, language: Language): string {
  if (language !== 'fr') return message
  return message
    .replace(/ (?=[;!?])/g, NARROW_SPACE)
    .replace(/ (?=[:»])/g, FIXED_SPACE)
    .replace(/« /g, `«${FIXED_SPACE}`)
}
