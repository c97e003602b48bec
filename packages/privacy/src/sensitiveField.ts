/** What is known of a form control, read through untampered natives. Everything lower-cased by the reader of it. */
export interface FieldFacts {
  /** The `type` now; `password` once is `password` for good, which the caller remembers. */
  readonly type: string
  readonly autocomplete: string
  /** name, id, placeholder, aria-label, label text: whatever names the field to people or programs. */
  readonly names: readonly string[]
  readonly inputMode: string
  readonly maxLength: number
  /** Drawn as dots by style (`-webkit-text-security`, a dots font). */
  readonly isDrawnAsDots: boolean
  readonly recordEmails: boolean
  readonly recordNumbers: boolean
}

const TYPES: ReadonlySet<string> = new Set(['password', 'hidden', 'file'])
const ALWAYS =
  /^(?:cc-.+|current-password|new-password|one-time-code|webauthn|transaction-.+|bday(?:-.+)?|sex|passport.*)$/
const EMAILS = /^(?:email|username)$/
const NUMBERS = /^tel(?:-.+)?$/
const PEOPLE =
  /^(?:name|given-name|additional-name|family-name|honorific-.+|nickname|street-address|address-.+|postal-code|organization)$/

/**
 * How field names begin that are never recorded, in the languages of most European shops. Names are split into words
 * without accents first: `cardNumber`, `card_number` and `Card number` are alike.
 */
const BEGINNINGS =
  'pass pwd kennwort wachtwoord lozink hasl hesl senha contrase parol motdep secret geheim segret tajn token csrf captcha card ccnum kreditk kart carte tarjeta cartao iban swift konto bankl sortc routing accountn pesel rodnec codicef steuer sozialv taxid pasap reisep paszp licen permis birth naiss geburt nacim nasci geboor urodz narozen health sante gesundh salud salut saude gezond zdrow zdrav medic diagn diseas krankh malad disab handic pregn religi ethni sexual gender gewerks unionm apikey privatekey accesskey bearer mnemon signatur wallet salar gehalt income einkom'
const WHOLE_WORDS =
  'pw psw clave mdp pin pins otp totp mfa tan itan cvv cvc csc ccv cc cb carta rib bic blz ssn nir nin nino sin insee secu bsn dni nif nie cpf cnpj rg tax vat dob race rasse hiv api jwt seed'
const PHRASES =
  '(?:security|verification|recovery|one time) (?:code|phrase)|code (?:de )?(?:securite|verification)|account number|social security|securite sociale|codice fiscale|rodne cislo|private key|access key'
const SECRET_NAME = new RegExp(
  ` (?:${BEGINNINGS.replaceAll(' ', '|')}|(?:${WHOLE_WORDS.replaceAll(' ', '|')}|${PHRASES}) )`,
)

/** Whether a control is on the never-list (leaks.md §0.4). No setting, mark or call lifts it. */
export function isSensitiveField(facts: FieldFacts): boolean {
  return (
    TYPES.has(facts.type) ||
    (!facts.recordEmails && facts.type === 'email') ||
    (!facts.recordNumbers && facts.type === 'tel') ||
    facts.autocomplete.split(/\s+/).some((token) => isSensitiveToken(token, facts)) ||
    facts.isDrawnAsDots ||
    facts.names.some(isSensitiveName) ||
    (facts.inputMode === 'numeric' && facts.maxLength >= 0 && facts.maxLength <= 8) ||
    facts.maxLength === 1
  )
}

function isSensitiveToken(token: string, facts: FieldFacts): boolean {
  if (ALWAYS.test(token)) return true
  if (EMAILS.test(token)) return !facts.recordEmails
  if (NUMBERS.test(token)) return !facts.recordNumbers
  return PEOPLE.test(token) && !(facts.recordEmails && facts.recordNumbers)
}

function isSensitiveName(name: string): boolean {
  const words = wordsOf(name)
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`)
  return SECRET_NAME.test(` ${words.concat('', pairs).join(' ')} `)
}

/** `billing[cardNumber2]` → billing, card, number. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
}
