import { finishes } from './catalogue.js'

/** The colours of the swatches come from the catalogue: rules that exist in the style sheet's object model only. */
export function addFinishRules() {
  const style = document.createElement('style')
  style.id = 'finishes'
  document.head.append(style)
  for (const [name, { colour }] of Object.entries(finishes)) {
    style.sheet.insertRule(`[data-finish='${name}'] { --finish: ${colour}; }`, style.sheet.cssRules.length)
  }
}
