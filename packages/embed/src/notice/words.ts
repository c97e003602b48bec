/** What the notice says. `{site}` is the site's host name, `{typed}` one of the two sentences about forms. */
export interface NoticeWords {
  /** Who, what, why; and that it can be refused and withdrawn. */
  readonly ask: string
  readonly typedHidden: string
  readonly typedRecorded: string
  readonly privacy: string
  readonly accept: string
  readonly refuse: string
  /** Also the name of the dialog and of the control; what follows is one of the next two. */
  readonly control: string
  readonly on: string
  readonly off: string
  readonly erase: string
  readonly withdraw: string
}

export type NoticeLanguage = 'en' | 'fr'

/** A change of a word is a new text version: the consent ledger says under which words each consent was given. */
export const NOTICE_WORDS: Readonly<Record<NoticeLanguage, NoticeWords>> = {
  en: {
    ask: '{site} would like to record your visit (pages, clicks, scrolling, pointer; {typed}) to improve its pages. You can refuse, and change your mind at any time with the round button here.',
    typedHidden: 'never what you type',
    typedRecorded: 'what you type, never passwords or card numbers',
    privacy: 'Privacy',
    accept: 'Accept',
    refuse: 'Refuse',
    control: 'Recording of your visit',
    on: ': allowed',
    off: ': refused',
    erase: 'Erase what was recorded',
    withdraw: 'Stop recording',
  },
  fr: {
    ask: '{site} souhaite enregistrer votre visite (pages, clics, défilement, pointeur ; {typed}) pour améliorer ses pages. Vous pouvez refuser, et changer d’avis à tout moment avec le bouton rond ici.',
    typedHidden: 'jamais ce que vous saisissez',
    typedRecorded: 'ce que vous saisissez, jamais les mots de passe ni les numéros de carte',
    privacy: 'Confidentialité',
    accept: 'Accepter',
    refuse: 'Refuser',
    control: 'Enregistrement de votre visite',
    on: ' : accepté',
    off: ' : refusé',
    erase: 'Effacer ce qui a été enregistré',
    withdraw: 'Arrêter',
  },
}
