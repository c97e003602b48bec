import { article } from './article.ts'
import { customElements } from './customElements.ts'
import { dialogs } from './dialogs.ts'
import { forms } from './forms.ts'
import { frames } from './frames.ts'
import { hostile } from './hostile.ts'
import { media } from './media.ts'
import { scrolling } from './scrolling.ts'
import { shadow } from './shadow.ts'
import { singlePage } from './singlePage.ts'
import { styles } from './styles.ts'
import { svgAndMath } from './svgAndMath.ts'
import { table } from './table.ts'
import { transitions } from './transitions.ts'
import type { TestSite } from './testSite.types.ts'

export type { TestSite } from './testSite.types.ts'

/** Every test site, from the simple to the malicious. */
export const SITES: readonly TestSite[] = [
  article,
  forms,
  singlePage,
  shadow,
  frames,
  styles,
  table,
  scrolling,
  svgAndMath,
  media,
  customElements,
  dialogs,
  transitions,
  hostile,
]
