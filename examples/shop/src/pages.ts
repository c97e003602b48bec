import { CATEGORIES, PRODUCTS } from './catalogue.ts'
import type { Language, Words } from './language.ts'
import { categoryValues, homeValues, productValues } from './fragments.ts'

export interface ShopPage {
  /** Path after the language: `/fr/<slug>`. */
  readonly slug: string
  /** File in `pages/`. */
  readonly file: string
  readonly title: Words
  /** Pages shown in an iframe stand alone: no header, and no snippet, since the page around them is recorded with them. */
  readonly isFrame?: boolean
  /** What fills the `{{names}}` of the file. */
  values?(language: Language): Readonly<Record<string, string>>
}

const WORKSHOP_STEPS = ['', '/knocker', '/handle', '/number', '/summary']

export const PAGES: readonly ShopPage[] = [
  {
    slug: '',
    file: 'home.html',
    title: { fr: 'Quincaillerie de porte, à Dieppe', en: 'Door furniture from Dieppe' },
    values: homeValues,
  },
  ...CATEGORIES.map((category) => ({
    slug: category.id,
    file: 'category.html',
    title: category.name,
    values: (language: Language) => categoryValues(category, language),
  })),
  ...PRODUCTS.map((product) => ({
    slug: `product/${product.id}`,
    file: 'product.html',
    title: product.name,
    values: (language: Language) => productValues(product, language),
  })),
  ...WORKSHOP_STEPS.map((step) => ({
    slug: `workshop${step}`,
    file: 'workshop.html',
    title: { fr: 'L’atelier : composez votre porte', en: 'The workshop: compose your door' },
  })),
  { slug: 'cart', file: 'cart.html', title: { fr: 'Panier', en: 'Basket' } },
  { slug: 'checkout', file: 'checkout.html', title: { fr: 'Commande', en: 'Checkout' } },
  { slug: 'thanks', file: 'thanks.html', title: { fr: 'Merci !', en: 'Thank you!' } },
  { slug: 'sign-in', file: 'sign-in.html', title: { fr: 'Connexion', en: 'Sign in' } },
  { slug: 'account', file: 'account.html', title: { fr: 'Mon compte', en: 'My account' } },
  { slug: 'support', file: 'support.html', title: { fr: 'Aide', en: 'Help' } },
  { slug: 'contact', file: 'contact.html', title: { fr: 'Contact & pose', en: 'Contact & fitting' } },
  { slug: 'shops', file: 'shops.html', title: { fr: 'Nos échoppes', en: 'Our shops' } },
  { slug: 'privacy', file: 'privacy.html', title: { fr: 'Vie privée', en: 'Privacy' } },
  { slug: 'frames/map', file: 'frame-map.html', title: { fr: 'Plan', en: 'Map' }, isFrame: true },
  { slug: 'frames/size-guide', file: 'frame-size-guide.html', title: { fr: 'Mesurer', en: 'Measure' }, isFrame: true },
]

export const NOT_FOUND: ShopPage = {
  slug: 'not-found',
  file: 'not-found.html',
  title: { fr: 'Porte close', en: 'A closed door' },
}
