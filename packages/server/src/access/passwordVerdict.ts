import type { PasswordVerdict, PasswordWeakness } from '@vasistas/wire/api'

const SHORTEST = 10
const LONGEST = 256
const ENOUGH = 3
/** The estimate's cost grows with the square of the length; what comes after this only adds to the strength. */
const ESTIMATED_CHARACTERS = 64

export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

/** What the estimator says of a password: how hard to guess, and the pieces that it knows. */
export interface PasswordEstimate {
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly sequence: readonly PasswordPiece[]
}

export interface PasswordPiece {
  readonly pattern: string
  readonly token: string
  readonly dictionaryName?: string
}

export type EstimatePieces = (password: string, ownWords: readonly string[]) => PasswordEstimate

/** Accepted when it is long enough and hard to guess; otherwise the reasons. */
export function judgePassword(estimate: EstimatePieces, password: string, owner: PasswordOwner): PasswordVerdict {
  const { score, sequence } = estimate(password.slice(0, ESTIMATED_CHARACTERS), ownWords(owner))
  const weaknesses = new Set<PasswordWeakness>()
  if (password.length < SHORTEST) weaknesses.add('too-short')
  if (password.length > LONGEST) weaknesses.add('too-long')
  if (score < ENOUGH) {
    for (const piece of sequence) {
      const weakness = weaknessOf(piece, owner)
      if (weakness) weaknesses.add(weakness)
    }
    if (weaknesses.size === 0) weaknesses.add('guessable')
  }
  return { accepted: weaknesses.size === 0, score, weaknesses: [...weaknesses] }
}

/** The address whole and in parts, the name in words: what people build passwords from. */
function ownWords({ email, name }: PasswordOwner): string[] {
  const words = [email, ...email.split(/[@.+_-]/), name, ...name.split(/\s+/)]
  return [...words.filter((word) => word.length >= 3), 'vasistas']
}

function weaknessOf(
  { pattern, token, dictionaryName = '' }: PasswordPiece,
  owner: PasswordOwner,
): PasswordWeakness | undefined {
  switch (pattern) {
    case 'dictionary':
      if (dictionaryName.startsWith('userInputs')) return weaknessOfOwn(token, owner)
      return dictionaryName.startsWith('passwords') ? 'common' : 'dictionary-word'
    case 'spatial':
      return 'keyboard-pattern'
    case 'repeat':
      return 'repeated'
    case 'sequence':
      return 'sequence'
    case 'date':
    case 'regex':
      return 'date'
    default:
      return undefined
  }
}

function weaknessOfOwn(token: string, { email, name }: PasswordOwner): PasswordWeakness {
  const isIn = (text: string) => text.toLowerCase().includes(token.toLowerCase())
  if (isIn(name)) return 'contains-name'
  return isIn('vasistas') ? 'dictionary-word' : isIn(email) ? 'contains-email' : 'contains-name'
}
