import { CATEGORIES, FINISHES, PRODUCTS, type Category, type Product } from './catalogue.ts'
import { escapeHtml, formatPrice, type Language } from './language.ts'

type Values = Readonly<Record<string, string>>

/** The pieces of HTML that come from the catalogue. */
export function homeValues(language: Language): Values {
  const news = [...PRODUCTS].sort((one, other) => Number(other.isNew ?? false) - Number(one.isNew ?? false))
  return {
    newCards: news
      .slice(0, 8)
      .map((product) => drawCard(product, language))
      .join('\n'),
    categoryTiles: CATEGORIES.map((category) => drawTile(category, language)).join('\n'),
  }
}

export function categoryValues(category: Category, language: Language): Values {
  const products = PRODUCTS.filter((product) => product.category === category.id)
  const finishes = [...new Set(products.flatMap((product) => product.finishes))]
  return {
    heading: escapeHtml(category.name[language]),
    text: escapeHtml(category.text[language]),
    count: String(products.length),
    highest: String(Math.ceil(Math.max(...products.map(({ cents }) => cents)) / 1000) * 10),
    finishBoxes: finishes.map((finish) => drawFinishBox(finish, language)).join('\n'),
    cards: products.map((product) => drawCard(product, language)).join('\n'),
    tabs: CATEGORIES.map(
      ({ id, name }) =>
        `<a href="/${language}/${id}"${id === category.id ? ' aria-current="page"' : ''}>${escapeHtml(name[language])}</a>`,
    ).join('\n'),
  }
}

export function productValues(product: Product, language: Language): Values {
  const category = CATEGORIES.find(({ id }) => id === product.category)
  const others = PRODUCTS.filter(({ id }) => id !== product.id).toSorted(
    (one, other) => Number(other.category === product.category) - Number(one.category === product.category),
  )
  return {
    id: product.id,
    heading: escapeHtml(product.name[language]),
    line: escapeHtml(product.line[language]),
    text: escapeHtml(product.text[language]),
    price: formatPrice(product.cents, language),
    categoryId: product.category,
    categoryName: escapeHtml(category?.name[language] ?? ''),
    firstFinish: product.finishes[0],
    finishes: product.finishes.map((finish, index) => drawFinishChoice(finish, index, language)).join('\n'),
    pictures: product.finishes.map((finish) => drawThumbnail(product, finish, language)).join('\n'),
    width: String(product.size[0]),
    height: String(product.size[1]),
    weight: new Intl.NumberFormat(language).format(product.weight),
    otherCards: others
      .slice(0, 4)
      .map((other) => drawCard(other, language))
      .join('\n'),
  }
}

function drawCard(product: Product, language: Language): string {
  const [finish] = product.finishes
  const link = `/${language}/product/${product.id}`
  const name = escapeHtml(product.name[language])
  const badge = product.isNew ? `<span slot="badge">${language === 'fr' ? 'Nouveau' : 'New'}</span>` : ''
  return `<clenche-card product="${product.id}" finish="${finish}" data-cents="${product.cents}" data-finishes="${product.finishes.join(' ')}">
  <a slot="picture" href="${link}" tabindex="-1" aria-hidden="true"><img src="/images/products/${product.id}-${finish}.webp" width="720" height="720" alt="" loading="lazy"></a>
  ${badge}<a slot="name" href="${link}">${name}</a>
  <span slot="line">${escapeHtml(product.line[language])}</span>
  <data slot="price" value="${product.cents / 100}">${formatPrice(product.cents, language)}</data>
</clenche-card>`
}

function drawTile({ id, name }: Category, language: Language): string {
  const products = PRODUCTS.filter(({ category }) => category === id)
  const [first] = products
  if (!first) return ''
  const count = language === 'fr' ? `${products.length} objets` : `${products.length} things`
  return `<a class="tile" href="/${language}/${id}"><img src="/images/products/${first.id}-${first.finishes[0]}.webp" width="720" height="720" alt="">
  <span class="tile-name">${escapeHtml(name[language])}<small>${count}</small></span></a>`
}

function drawFinishBox(finish: Product['finishes'][number], language: Language): string {
  return `<label class="check"><input type="checkbox" name="finish" value="${finish}"><span class="swatch" data-finish="${finish}"></span>${FINISHES[finish].name[language]}</label>`
}

function drawFinishChoice(finish: Product['finishes'][number], index: number, language: Language): string {
  return `<label class="swatch-choice"><input type="radio" name="finish" value="${finish}"${index === 0 ? ' checked' : ''}><span class="swatch" data-finish="${finish}"></span><span>${FINISHES[finish].name[language]}</span></label>`
}

function drawThumbnail(product: Product, finish: Product['finishes'][number], language: Language): string {
  const alt = `${product.name[language]}, ${FINISHES[finish].name[language].toLowerCase()}`
  return `<button type="button" class="thumbnail" data-finish-picture="${finish}"><img src="/images/products/${product.id}-${finish}.webp" width="120" height="120" alt="${escapeHtml(alt)}"></button>`
}
