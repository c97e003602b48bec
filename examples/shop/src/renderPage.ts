import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FINISHES, PRODUCTS } from './catalogue.ts'
import { chooseLanguage, LANGUAGES, type Language } from './language.ts'
import { NOT_FOUND, PAGES, type ShopPage } from './pages.ts'

/** A module, so that the shop's scripts are ready when the page has loaded. */
export const CATALOGUE_PATH = '/js/products.js'

export interface RenderedPage {
  readonly status: 200 | 404
  readonly html: string
}

const FOLDER = join(import.meta.dirname, '../pages')

/** Every page of the shop in both languages, frames left out. */
export function listPagePaths(): readonly string[] {
  return LANGUAGES.flatMap((language) =>
    PAGES.filter(({ isFrame }) => !isFrame).map(({ slug }) => `/${language}/${slug}`),
  )
}

/** The page of a path; undefined for everything that is named like a file. */
export function renderPage(path: string, snippet: string, acceptLanguage?: string): RenderedPage | undefined {
  const [, first = '', ...rest] = path.split('/')
  const language = LANGUAGES.find((known) => known === first)
  const slug = rest.join('/').replace(/\/$/, '')
  const page = language && PAGES.find((known) => known.slug === slug)
  if (language && page) return { status: 200, html: fillPage(page, language, snippet) }
  if (/\.[a-z0-9]+$/i.test(path)) return undefined
  return { status: 404, html: fillPage(NOT_FOUND, language ?? chooseLanguage(acceptLanguage), snippet) }
}

/** What the shop's own scripts know of the products. */
export function renderCatalogue(): string {
  return `export const products = ${JSON.stringify(PRODUCTS)}\nexport const finishes = ${JSON.stringify(FINISHES)}\n`
}

function fillPage(page: ShopPage, language: Language, snippet: string): string {
  const values = {
    language,
    root: `/${language}`,
    title: page.title[language],
    otherLanguage: language === 'fr' ? 'en' : 'fr',
    otherPath: `/${language === 'fr' ? 'en' : 'fr'}/${page === NOT_FOUND ? '' : page.slug}`,
    snippet,
    ...page.values?.(language),
  }
  const main = fillTemplate(readTemplate(page.file), language, values)
  return page.isFrame ? main : fillTemplate(readTemplate('layout.html'), language, { ...values, main })
}

/** `[[français|English]]` becomes one of them, then `{{name}}` its value. Values are HTML already and are not read again. */
function fillTemplate(template: string, language: Language, values: Readonly<Record<string, string>>): string {
  return template
    .replace(/\[\[([^\]|]*)\|([^\]|]*)\]\]/g, (_, french: string, english: string) =>
      language === 'fr' ? french : english,
    )
    .replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
}

function readTemplate(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8')
}
