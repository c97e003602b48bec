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
 * Parts of field names that are never recorded, in the languages of most European shops. Compared with names split into
 * words (`cardNumber`, `card_number`, `Card number` are alike) and without accents.
 */
const WORDS: ReadonlySet<string> = new Set(
  (
    'pass password passwd passwort passphrase passcode pwd pw psw kennwort wachtwoord lozinka haslo heslo senha contrasena contrasenya clave parola ' +
    'motdepasse mdp secret geheim segreto secreto tajne pin pins otp totp mfa tan itan token csrf captcha cvv cvc cvv2 cvc2 csc ccv ' +
    'card cardnumber ccnumber cc ccnum kreditkarte karte kartennummer carte cartebancaire cb tarjeta carta cartao karta kaart ' +
    'iban bic swift rib konto kontonummer bankleitzahl blz sortcode routing accountnumber ' +
    'ssn nir nin nino sin insee secu bsn dni nif nie cpf cnpj rg pesel rodnecislo codicefiscale steuernummer steuerid sozialversicherungsnummer ' +
    'tax taxid vat passport passeport pasaporte passaporto passaporte reisepass paszport paspoort licence permis ' +
    'dob birth birthday birthdate birthplace naissance geburt geburtstag geburtsdatum nacimiento nascita nascimento geboorte geboortedatum urodzenia narozeni ' +
    'health sante gesundheit salud salute saude gezondheid zdrowie zdravi medical medication diagnosis diagnose diagnostic disease krankheit maladie disability handicap hiv pregnancy ' +
    'religion ethnicity ethnie rasse race sexuality gender gewerkschaft unionmember ' +
    'apikey api privatekey secretkey accesskey bearer jwt seed mnemonic signature wallet salary gehalt salaire income einkommen'
  ).split(' '),
)
const PHRASES =
  /(?:mot de passe|numero de carte|card number|credit card|carte (?:bancaire|bleue|de credit)|security code|code (?:de securite|secret)|account number|date of birth|date de naissance|fecha de nacimiento|data di nascita|data de nascimento|data urodzenia|datum narozeni|social security|securite sociale|codice fiscale|rodne cislo|api key|private key|secret key|one time (?:code|password)|verification code|code de verification|recovery (?:code|phrase)|seed phrase|kreditkarten ?nummer|numer karty|cislo karty|numero de (?:tarjeta|cartao)|numero (?:della )?carta)/

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
  return (
    words.some((word) => WORDS.has(word)) ||
    pairs(words).some((pair) => WORDS.has(pair)) ||
    PHRASES.test(words.join(' '))
  )
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

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`)
}
