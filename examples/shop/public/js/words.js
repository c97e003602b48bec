export const language = document.documentElement.lang === 'fr' ? 'fr' : 'en'
export const root = `/${language}`

/** The words of the page's language. */
export function say(french, english) {
  return language === 'fr' ? french : english
}

const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' })

export function formatPrice(cents) {
  return money.format(cents / 100)
}

const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })

export function formatAgo(seconds) {
  return seconds < 60 ? ago.format(-seconds, 'second') : ago.format(-Math.floor(seconds / 60), 'minute')
}
