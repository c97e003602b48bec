import { describe, expect, it } from 'vitest'
import { isSensitiveField, type FieldFacts } from './sensitiveField.ts'

const field = (facts: Partial<FieldFacts>): FieldFacts => ({
  type: 'text',
  autocomplete: '',
  names: [],
  inputMode: '',
  maxLength: -1,
  isDrawnAsDots: false,
  recordEmails: false,
  recordNumbers: false,
  ...facts,
})

describe('isSensitiveField', () => {
  it.each([
    'password',
    'Passwort',
    'Mot de passe',
    'mot-de-passe',
    'mdp',
    'Wachtwoord',
    'contraseña',
    'Hasło',
    'heslo',
    'pin',
    'PIN-Code',
    'cardNumber',
    'billing[card_number]',
    'Card number',
    'Numéro de carte',
    'Kreditkartennummer',
    'número de tarjeta',
    'cvv2',
    'CVC',
    'iban',
    'Kontonummer',
    'sort code',
    'account number',
    'ssn',
    'Numéro de sécurité sociale',
    'NIR',
    'codice fiscale',
    'tax id',
    'passport',
    'Reisepass',
    'date of birth',
    'dateDeNaissance',
    'Geburtsdatum',
    'fecha de nacimiento',
    'medical history',
    'santé',
    'api key',
    'secretKey',
    'access_key',
    'security code',
    'verification code',
    'one time code',
    'recovery phrase',
    'salary',
    'Gehalt',
  ])('holds a field called %s back', (name) => {
    expect(isSensitiveField(field({ names: ['', name] }))).toBe(true)
  })

  it.each([
    'search',
    'q',
    'message',
    'comment',
    'city',
    'quantity',
    'spinner',
    'shipping',
    'discount',
    'apiary',
    'taxi',
  ])('lets a field called %s be recorded where the site says so', (name) => {
    expect(isSensitiveField(field({ names: [name] }))).toBe(false)
  })

  it.each([
    'cc-number',
    'billing cc-csc',
    'section-a shipping cc-name',
    'one-time-code',
    'current-password',
    'bday-year',
    'sex',
  ])('holds autocomplete=%s back whatever the settings', (autocomplete) => {
    expect(isSensitiveField(field({ autocomplete, recordEmails: true, recordNumbers: true }))).toBe(true)
  })

  it('records addresses and numbers only where both settings say so', () => {
    expect(isSensitiveField(field({ type: 'email' }))).toBe(true)
    expect(isSensitiveField(field({ type: 'email', recordEmails: true }))).toBe(false)
    expect(isSensitiveField(field({ autocomplete: 'tel-national' }))).toBe(true)
    expect(isSensitiveField(field({ autocomplete: 'tel-national', recordNumbers: true }))).toBe(false)
  })

  it('knows code boxes', () => {
    expect(isSensitiveField(field({ maxLength: 1 }))).toBe(true)
    expect(isSensitiveField(field({ inputMode: 'numeric', maxLength: 6 }))).toBe(true)
    expect(isSensitiveField(field({ inputMode: 'numeric', maxLength: 40 }))).toBe(false)
  })
})
