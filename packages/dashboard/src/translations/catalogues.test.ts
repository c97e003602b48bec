import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { fr } from './fr.ts'

const CATALOGUES = { en, fr } as const
const SOURCES = join(import.meta.dirname, '..')

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(fr).toSorted()).toEqual(Object.keys(en).toSorted())
  })

  it('hold valid ICU messages and no empty one', () => {
    for (const [language, catalogue] of Object.entries(CATALOGUES)) {
      for (const [key, message] of Object.entries(catalogue)) {
        expect({ key, isEmpty: message.trim() === '' }).toEqual({ key, isEmpty: false })
        expect({ key, isValid: isValid(message, language) }).toEqual({ key, isValid: true })
      }
    }
  })

  it('ask for the same values in both languages', () => {
    for (const [key, message] of Object.entries(en)) {
      expect({ key, values: argumentsOf(fr[key as keyof typeof fr]) }).toEqual({ key, values: argumentsOf(message) })
    }
  })

  it('hold nothing that no page says', () => {
    const sources = listSources(SOURCES)
      .filter((path) => !/translations\/(?:en|fr)\.ts$|\.test\./.test(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
    const built = [...sources.matchAll(/`([a-zA-Z]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '')
    const unused = Object.keys(en).filter(
      (key) =>
        !sources.includes(`'${key}'`) &&
        !sources.includes(`"${key}"`) &&
        !built.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})

describe('the pages', () => {
  it('have no words of their own: all are in the catalogues', () => {
    const words = listSources(SOURCES)
      .filter((path) => path.endsWith('.tsx'))
      .flatMap((path) => {
        const source = readFileSync(path, 'utf8').replace(/\/\*\*?[\s\S]*?\*\//g, '')
        const texts = [...source.matchAll(/>\s*([A-Za-zÀ-ÿ][^<>{}()=;]*)\s*<\//g)].map(([, text = '']) => text.trim())
        const attributes = [...source.matchAll(/(?:title|label|alt|description|aria-label)="([^"]+)"/g)].map(
          ([, text = '']) => text,
        )
        return [...texts, ...attributes]
          .filter((text) => text !== 'Vasistas' && !(text in en))
          .map((text) => `${path}: ${text}`)
      })
    expect(words).toEqual([])
  })
})

function isValid(message: string, language: string): boolean {
  try {
    return new IntlMessageFormat(message, language).format !== undefined
  } catch {
    return false
  }
}

function argumentsOf(message: string): readonly string[] {
  const names = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    const part = value as { readonly type?: number; readonly value?: unknown }
    // 0 is plain text, 7 the `#` of a plural; all others name an argument or a tag.
    if (typeof part.type === 'number' && part.type !== 0 && part.type !== 7) names.add(String(part.value))
    Object.values(part).forEach(visit)
  }
  visit(new IntlMessageFormat(message, 'en').getAst())
  return [...names].toSorted()
}

function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
