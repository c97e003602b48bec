import type { Words } from './language.ts'

type CategoryId = 'knockers' | 'handles' | 'bells' | 'letters'
export type Finish = 'brass' | 'iron' | 'nickel' | 'verdigris' | 'porcelain' | 'enamel' | 'coral' | 'felt'

export interface Category {
  readonly id: CategoryId
  readonly name: Words
  readonly text: Words
}

export interface Product {
  readonly id: string
  readonly category: CategoryId
  readonly name: Words
  /** One line on the card. */
  readonly line: Words
  /** The paragraph on the product's page. */
  readonly text: Words
  readonly cents: number
  readonly finishes: readonly [Finish, ...Finish[]]
  /** Width × height in millimetres, and grams. */
  readonly size: readonly [number, number]
  readonly weight: number
  readonly isNew?: boolean
}

export const CATEGORIES: readonly Category[] = [
  {
    id: 'knockers',
    name: { fr: 'Heurtoirs', en: 'Knockers' },
    text: {
      fr: 'Trois coups francs, et toute la maison sait que vous êtes là. Coulés un par un, ajustés à la lime, garantis sans pile.',
      en: 'Three good raps, and the whole house knows you are here. Cast one at a time, fitted with a file, guaranteed battery-free.',
    },
  },
  {
    id: 'handles',
    name: { fr: 'Poignées', en: 'Handles' },
    text: {
      fr: 'On les serre dix fois par jour sans les regarder. Les nôtres méritent un coup d’œil.',
      en: 'You shake hands with them ten times a day without a look. Ours deserve one.',
    },
  },
  {
    id: 'bells',
    name: { fr: 'Numéros & sonnettes', en: 'Numbers & bells' },
    text: {
      fr: 'Pour qu’on vous trouve, et pour qu’on vous le fasse savoir : émail cuit à 820 degrés et timbres accordés à l’oreille.',
      en: 'So that people find you, and let you know they did: enamel fired at 820 degrees and bells tuned by ear.',
    },
  },
  {
    id: 'letters',
    name: { fr: 'Courrier & curiosités', en: 'Letters & curios' },
    text: {
      fr: 'Ce qui passe par la porte sans qu’on l’ouvre : les lettres, la lumière, et le regard du chat.',
      en: 'What comes through a door without opening it: letters, light, and the look of the cat.',
    },
  },
]

/** In the order of the shelves. Each picture is `/images/products/<id>-<finish>.webp`. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'fox',
    category: 'knockers',
    name: { fr: 'Le Renard', en: 'The Fox' },
    line: {
      fr: 'Heurtoir à anneau, museau poli par les visites',
      en: 'Ring knocker, with a muzzle that visits keep bright',
    },
    text: {
      fr: 'Il garde l’entrée, il ne mord pas. Le museau est laissé nu : à chaque visite, il se polit un peu, et votre porte se souvient de tout le monde sans écrire le nom de personne.',
      en: 'It guards the entrance and does not bite. The muzzle is left bare: each visit polishes it a little, and your door remembers everyone without writing down a name.',
    },
    cents: 8900,
    finishes: ['brass', 'iron', 'verdigris'],
    size: [118, 214],
    weight: 940,
    isNew: true,
  },
  {
    id: 'ring',
    category: 'knockers',
    name: { fr: 'L’Anneau', en: 'The Ring' },
    line: { fr: 'Le classique, rosace tournée', en: 'The classic, on a turned rose' },
    text: {
      fr: 'Une rosace, un anneau, un son grave. Il n’y avait rien à ajouter en 1890, nous n’avons rien ajouté.',
      en: 'A rose, a ring, a deep note. There was nothing to add in 1890 and we added nothing.',
    },
    cents: 5400,
    finishes: ['brass', 'iron', 'nickel'],
    size: [120, 180],
    weight: 710,
  },
  {
    id: 'bee',
    category: 'knockers',
    name: { fr: 'L’Abeille', en: 'The Bee' },
    line: { fr: 'Le corps frappe, les ailes restent', en: 'The body knocks, the wings stay' },
    text: {
      fr: 'Soulevez l’abdomen, lâchez : un seul coup, net. Les rayures sont incrustées de laiton, les antennes survivent aux déménagements.',
      en: 'Lift the tail, let go: one clean knock. The stripes are inlaid brass, the feelers survive moving house.',
    },
    cents: 7600,
    finishes: ['iron', 'brass', 'verdigris'],
    size: [164, 190],
    weight: 620,
  },
  {
    id: 'pebble',
    category: 'handles',
    name: { fr: 'Le Galet', en: 'The Pebble' },
    line: { fr: 'Bouton de porte, doux comme une grève', en: 'Door knob, smooth as a shingle beach' },
    text: {
      fr: 'Le galet tient dans la paume, été comme hiver. Livré avec la plaque, la tige carrée de 8 mm et quatre vis qui ne foirent pas.',
      en: 'The pebble sits in your palm in summer and in winter. Comes with its plate, the 8 mm spindle and four screws that do not strip.',
    },
    cents: 4200,
    finishes: ['porcelain', 'brass', 'iron'],
    size: [62, 190],
    weight: 480,
  },
  {
    id: 'comma',
    category: 'handles',
    name: { fr: 'La Virgule', en: 'The Comma' },
    line: { fr: 'Béquille forgée, pour ouvrir du coude', en: 'Forged lever, opens with an elbow' },
    text: {
      fr: 'Une pause dans la phrase de la maison. La courbe retient la manche, jamais la poche : nous avons essayé avec quarante manteaux.',
      en: 'A pause in the sentence of the house. The curve holds an elbow and never a pocket: we tried it with forty coats.',
    },
    cents: 5800,
    finishes: ['iron', 'brass', 'nickel'],
    size: [138, 52],
    weight: 530,
    isNew: true,
  },
  {
    id: 'faubourg',
    category: 'bells',
    name: { fr: 'Le Faubourg', en: 'The Faubourg' },
    line: { fr: 'Plaque émaillée, votre numéro, votre rue', en: 'Enamel plate, your number, your street' },
    text: {
      fr: 'Tôle d’acier, trois couches d’émail, trois cuissons. Donnez-nous un numéro et un nom de rue : même une rue qui n’existe pas.',
      en: 'Sheet steel, three coats of enamel, three firings. Give us a number and the name of a street, even one that does not exist.',
    },
    cents: 3200,
    finishes: ['enamel', 'iron', 'coral'],
    size: [200, 180],
    weight: 390,
  },
  {
    id: 'jingle',
    category: 'bells',
    name: { fr: 'Le Grelot', en: 'The Jingle' },
    line: { fr: 'Cloche à tirer, accordée en la', en: 'Pull bell, tuned to A' },
    text: {
      fr: 'Une vraie cloche, sur un vrai ressort. Elle tinte encore un peu quand vous avez fini, comme une bonne nouvelle.',
      en: 'A real bell on a real spring. It goes on for a moment when you have finished, as good news does.',
    },
    cents: 6400,
    finishes: ['brass', 'nickel', 'verdigris'],
    size: [140, 230],
    weight: 860,
  },
  {
    id: 'buttercup',
    category: 'bells',
    name: { fr: 'Le Bouton d’or', en: 'The Buttercup' },
    line: { fr: 'Bouton de sonnette, cœur en porcelaine', en: 'Bell push with a porcelain heart' },
    text: {
      fr: 'Cinq pétales, un bouton. Fonctionne en 8 V comme en 24 V, et donne à chaque facteur l’impression de cueillir quelque chose.',
      en: 'Five petals, one button. Works at 8 V as at 24 V, and makes every postman feel as if he picked something.',
    },
    cents: 2800,
    finishes: ['brass', 'nickel', 'iron'],
    size: [78, 78],
    weight: 160,
  },
  {
    id: 'missive',
    category: 'letters',
    name: { fr: 'La Missive', en: 'The Missive' },
    line: { fr: 'Entrée de lettres, volet à ressort', en: 'Letter plate with a sprung flap' },
    text: {
      fr: 'Assez large pour un recueil de poèmes, trop étroite pour les courants d’air : le volet se referme sur un joint de feutre.',
      en: 'Wide enough for a book of poems, too narrow for a draught: the flap closes on a strip of felt.',
    },
    cents: 4600,
    finishes: ['brass', 'iron', 'nickel'],
    size: [260, 88],
    weight: 640,
  },
  {
    id: 'lucarne',
    category: 'letters',
    name: { fr: 'Le Vasistas', en: 'The Vasistas' },
    line: { fr: 'Petite fenêtre de porte : voir qui est là', en: 'A small window in a door: see who is there' },
    text: {
      fr: 'Du dedans, on voit qui vient. Du dehors, on garde son quant-à-soi. Verre soufflé, charnière silencieuse ; chat non fourni, mais il viendra.',
      en: 'From inside you see who is there. From outside, people keep their privacy. Blown glass and a silent hinge; the cat is not included, but it will come.',
    },
    cents: 9800,
    finishes: ['brass', 'iron', 'verdigris'],
    size: [180, 250],
    weight: 1320,
    isNew: true,
  },
  {
    id: 'sesame',
    category: 'letters',
    name: { fr: 'Sésame', en: 'Sesame' },
    line: { fr: 'Une clé pour les gens qui n’ont pas de serrure', en: 'A key for people who have no lock' },
    text: {
      fr: 'Porte-clés, presse-papiers, talisman. Elle n’ouvre rien du tout, ce qui la rend parfaitement sûre.',
      en: 'Key ring, paperweight, charm. It opens nothing whatsoever, which makes it perfectly secure.',
    },
    cents: 2400,
    finishes: ['brass', 'iron', 'nickel'],
    size: [48, 132],
    weight: 120,
  },
  {
    id: 'hedgehog',
    category: 'letters',
    name: { fr: 'Le Hérisson', en: 'The Hedgehog' },
    line: { fr: 'Cale-porte, deux kilos de bonne volonté', en: 'Doorstop, two kilos of good will' },
    text: {
      fr: 'Il s’installe devant la porte et n’en bouge plus. Dessous en liège : le parquet l’aime bien.',
      en: 'It settles in front of the door and stays. Cork underneath: the floor is fond of it.',
    },
    cents: 3900,
    finishes: ['felt', 'iron', 'brass'],
    size: [190, 110],
    weight: 2050,
  },
]

export const FINISHES: Readonly<Record<Finish, { readonly name: Words; readonly colour: string }>> = {
  brass: { name: { fr: 'Laiton', en: 'Brass' }, colour: '#d2a048' },
  iron: { name: { fr: 'Fonte noire', en: 'Black iron' }, colour: '#43474a' },
  nickel: { name: { fr: 'Nickel', en: 'Nickel' }, colour: '#c3c8c9' },
  verdigris: { name: { fr: 'Vert-de-gris', en: 'Verdigris' }, colour: '#79b3a3' },
  porcelain: { name: { fr: 'Porcelaine', en: 'Porcelain' }, colour: '#f3eee1' },
  enamel: { name: { fr: 'Émail bleu', en: 'Blue enamel' }, colour: '#2f5a9c' },
  coral: { name: { fr: 'Émail corail', en: 'Coral enamel' }, colour: '#d3604a' },
  felt: { name: { fr: 'Feutre', en: 'Felt' }, colour: '#8a6a4f' },
}
