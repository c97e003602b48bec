import type { PasswordVerdict, PasswordWeakness } from '@vasistas/wire/api'

const SHORTEST = 10
const LONGEST = 256
const ENOUGH = 3
/** The estimate's cost grows with length; what comes after this only adds to it. */
const ESTIMATED_CHARACTERS = 100

export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

export type EstimatePassword = (password: string, owner: PasswordOwner) => Promise<PasswordVerdict>

/** Dictionaries are large and rarely needed: they are loaded with the first question. */
export function createPasswordStrength(): EstimatePassword {
  let loading: ReturnType<typeof loadEstimator> | undefined
  return async function estimatePassword(password, owner) {
    loading ??= loadEstimator()
    const estimator = await loading
    const own = ownWords(owner)
    const result = estimator.check(password.slice(0, ESTIMATED_CHARACTERS), [...own, 'vasistas'])
    const weaknesses = new Set<PasswordWeakness>()
    if (password.length < SHORTEST) weaknesses.add('too-short')
    if (password.length > LONGEST) weaknesses.add('too-long')
    if (result.score < ENOUGH) {
      for (const match of result.sequence) {
        const weakness = weaknessOf(match as MatchLike, owner)
        if (weakness) weaknesses.add(weakness)
      }
      if (weaknesses.size === 0) weaknesses.add('guessable')
    }
    return { accepted: weaknesses.size === 0, score: result.score, weaknesses: [...weaknesses] }
  }
}

async function loadEstimator() {
  const [{ ZxcvbnFactory }, common, english, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-fr'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
  })
}

interface MatchLike {
  readonly pattern: string
  readonly token: string
  readonly dictionaryName?: string
}

function weaknessOf(match: MatchLike, owner: PasswordOwner): PasswordWeakness | undefined {
  switch (match.pattern) {
    case 'dictionary': {
      const dictionary = match.dictionaryName ?? ''
      if (dictionary.startsWith('userInputs'))
        return isOf(owner.email, match.token) ? 'contains-email' : 'contains-name'
      return dictionary.startsWith('passwords') ? 'common' : 'dictionary-word'
    }
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

const isOf = (email: string, token: string): boolean => email.toLowerCase().includes(token.toLowerCase())

/** The address whole and in parts, the name in words: what people build passwords from. */
function ownWords({ email, name }: PasswordOwner): string[] {
  return [email, ...email.split(/[@.+_-]/), name, ...name.split(/\s+/)].filter((word) => word.length >= 3)
}
