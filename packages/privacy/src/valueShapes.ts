const LETTER_A = 'A'.charCodeAt(0)

/** 12 to 19 digits with a valid Luhn check (ISO/IEC 7812-1); separators must be gone. */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** ISO 13616: country, two check digits, account; mod 97 must be 1. Upper case, separators gone. */
export function isIban(candidate: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(candidate)) return false
  let remainder = 0
  for (const character of candidate.slice(4) + candidate.slice(0, 4)) {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - LETTER_A + 10
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** A long word that mixes letters and digits the way keys, hashes and session ids do. */
export function isToken(word: string): boolean {
  return word.length >= 20 && count(word, /\d/g) >= 3 && count(word, /[A-Za-z]/g) >= 3
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
