/** The words of the notice. Who records is the site itself: it knows its own name and policy, which the link leads to. */
export interface NoticeTexts {
  readonly title: string
  readonly body: string
  readonly more: string
  readonly accept: string
  readonly refuse: string
  readonly control: string
  readonly on: string
  readonly off: string
  readonly withdraw: string
  readonly erase: string
  readonly close: string
}

export const NOTICE_TEXTS: Readonly<Record<'en' | 'fr', NoticeTexts>> = {
  en: {
    title: 'May we watch how you use this site?',
    body: 'If you agree, this site records pages, mouse, clicks and scrolling, not what you type, to find what does not work. Change your mind here at any time.',
    more: 'Privacy policy',
    accept: 'Accept',
    refuse: 'Refuse',
    control: 'Recording of your visit',
    on: 'Your visit is being recorded.',
    off: 'Your visit is not recorded.',
    withdraw: 'Stop recording',
    erase: 'Also erase what was recorded',
    close: 'Close',
  },
  fr: {
    title: 'Pouvons-nous observer votre visite ?',
    body: 'Si vous acceptez, ce site enregistre pages, souris, clics et défilement, pas ce que vous saisissez, pour trouver ce qui ne marche pas. Changez d’avis ici à tout moment.',
    more: 'Politique de confidentialité',
    accept: 'Accepter',
    refuse: 'Refuser',
    control: 'Enregistrement de votre visite',
    on: 'Votre visite est enregistrée.',
    off: 'Votre visite n’est pas enregistrée.',
    withdraw: 'Arrêter',
    erase: 'Effacer aussi ce qui a été enregistré',
    close: 'Fermer',
  },
}

/** Names these words in the consent ledger: language and a hash (FNV-1a) of what was read. */
export function textVersionOf(language: string, { title, body }: NoticeTexts): string {
  let hash = 0x811c9dc5
  for (const character of title + body) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return `${language}-${(hash >>> 0).toString(16)}`
}
