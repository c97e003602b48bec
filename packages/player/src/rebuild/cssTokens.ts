/** A piece of CSS text, cut as a browser cuts it (CSS Syntax 3, §4), so that nothing hides behind an escape. */
export interface CssToken {
  readonly kind: 'space' | 'comment' | 'string' | 'url' | 'name' | 'function' | 'at' | 'other'
  /** As written. */
  readonly text: string
  /** Without escapes and quotes: the content of a string or url, the name of a name, function or at-keyword. */
  readonly value: string
}

const SPACE = /[ \t\r\n\f]+/y
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/y
const ESCAPE = String.raw`\\(?:[\da-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\r\n\f\da-fA-F]|$)`
const DOUBLE = new RegExp(String.raw`"((?:[^"\\\r\n\f]|\\(?:\r\n|[\s\S])|\\$)*)(?:"|$|(?=[\r\n\f]))`, 'y')
const SINGLE = new RegExp(String.raw`'((?:[^'\\\r\n\f]|\\(?:\r\n|[\s\S])|\\$)*)(?:'|$|(?=[\r\n\f]))`, 'y')
const NAME = new RegExp(String.raw`(?:--|-?(?:[a-zA-Z_\u0080-\uffff]|${ESCAPE}))(?:[\w\u0080-\uffff-]|${ESCAPE})*`, 'y')
/** The rest of `url(` without quotes; whatever follows up to the bracket makes it a broken one. */
const PLAIN_URL = new RegExp(String.raw`[ \t\r\n\f]*((?:[^"'()\\ \t\r\n\f]|${ESCAPE})*)[ \t\r\n\f]*(?:\)|$)`, 'y')
const BROKEN_URL = /(?:\\[\s\S]|[^)\\])*(?:\)|$)/y
const QUOTE_FOLLOWS = /[ \t\r\n\f]*["']/y
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const HASH = new RegExp(String.raw`#(?:[\w\u0080-\uffff-]|${ESCAPE})+`, 'y')

export function* cssTokens(css: string): Generator<CssToken, void> {
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(css)
  }
  const take = (kind: CssToken['kind'], text: string, value = text): CssToken => {
    at += text.length
    return { kind, text, value }
  }

  while (at < css.length) {
    const character = css.charAt(at)
    let found: RegExpExecArray | null
    if ((found = match(SPACE))) yield take('space', found[0])
    else if (character === '/' && (found = match(COMMENT))) yield take('comment', found[0])
    else if ((found = match(character === '"' ? DOUBLE : SINGLE)))
      yield take('string', found[0], unescapeCss(found[1] ?? ''))
    else if ((found = match(NUMBER))) yield take('other', found[0])
    else if (character === '#' && (found = match(HASH))) yield take('other', found[0])
    else if (character === '@') {
      at++
      found = match(NAME)
      at--
      yield found ? take('at', `@${found[0]}`, unescapeCss(found[0]).toLowerCase()) : take('other', '@')
    } else if ((found = match(NAME))) yield named(found[0])
    else yield take('other', character)
  }

  function named(text: string): CssToken {
    const name = unescapeCss(text)
    if (css.charAt(at + text.length) !== '(') return take('name', text, name)
    const start = at
    at += text.length + 1
    const isPlainUrl = name.toLowerCase() === 'url' && !match(QUOTE_FOLLOWS)
    const address = isPlainUrl ? match(PLAIN_URL) : null
    const rest = isPlainUrl ? (address ?? match(BROKEN_URL)) : null
    at = start
    const whole = css.slice(start, start + text.length + 1 + (rest?.[0].length ?? 0))
    if (isPlainUrl) return take('url', whole, address ? unescapeCss(address[1] ?? '') : '')
    return take('function', whole, name.toLowerCase())
  }
}

export function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:([\da-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\r\n\f])|([\s\S])|$)/g,
    (_, hex: string | undefined, newline: string | undefined, other: string | undefined) => {
      if (hex === undefined) return newline === undefined ? (other ?? '') : ''
      const point = parseInt(hex, 16)
      return point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)
        ? '\ufffd'
        : String.fromCodePoint(point)
    },
  )
}
