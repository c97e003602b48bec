import type { ConsentChoice } from '@vasistas/browser-core'
import type { EmbedOptions } from '../readOptions.ts'
import type { NoticeWords } from './words.ts'

export interface Notice {
  /** Asks when there is no choice yet; else a small control shows it and lets change it. */
  show(recording: ConsentChoice['recording'] | undefined): void
}

/** Minified by build.ts. */
declare const NOTICE_CSS: string

/**
 * Our own words in the page: in a shadow tree, where the page's styles do not reach, and blocked, so that no recording shows
 * them. Accepting and refusing look alike and cost one press each; withdrawing as well (GDPR art. 7(3), CNIL 2020-091).
 * Nodes and a constructed sheet instead of markup: strict content security policies and Trusted Types allow those.
 */
export function createNotice(
  { page: { document }, language, privacyUrl, recordsForms }: EmbedOptions,
  words: NoticeWords,
  /** With `erase`, what was recorded is to go too. */
  onChoice: (recording: ConsentChoice['recording'], erase?: boolean) => void,
): Notice {
  const host = document.createElement('vasistas-notice')
  host.dataset['vasistas'] = 'block'
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(NOTICE_CSS)
  root.adoptedStyleSheets = [sheet]

  function element<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Partial<HTMLElementTagNameMap[Name]>,
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Name] {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  const paragraph = (...children: readonly (Node | string)[]) => element('p', {}, ...children)
  const choiceButton = (label: string, onclick: () => void) => element('button', { onclick }, label)

  function question(): readonly HTMLElement[] {
    const text = words.ask
      .replace('{site}', document.location.hostname)
      .replace('{typed}', recordsForms ? words.typedRecorded : words.typedHidden)
    const link = privacyUrl ? [' ', element('a', { href: privacyUrl, target: '_blank' }, words.privacy)] : []
    return [
      paragraph(text, ...link),
      element(
        'footer',
        {},
        choiceButton(words.refuse, () => onChoice('denied')),
        choiceButton(words.accept, () => onChoice('granted')),
      ),
    ]
  }

  function withdrawal(): readonly HTMLElement[] {
    const erase = element('input', { type: 'checkbox' })
    return [
      paragraph(element('label', {}, erase, words.erase)),
      element(
        'footer',
        {},
        choiceButton(words.withdraw, () => onChoice('denied', erase.checked)),
      ),
    ]
  }

  function show(recording: ConsentChoice['recording'] | undefined, isOpen = !recording): void {
    const isOn = recording === 'granted'
    const state = words.control + (isOn ? words.on : words.off)
    const control = element('button', {
      id: 'control',
      className: isOn ? 'on' : '',
      title: state,
      ariaExpanded: `${isOpen}`,
      onclick: () => show(recording, !isOpen),
    })
    const panel = element(
      'div',
      { id: 'panel', role: 'dialog', ariaLabel: words.control, lang: language },
      ...(recording ? [paragraph(state)] : []),
      ...(isOn ? withdrawal() : question()),
    )
    const hadFocus = root.activeElement
    root.replaceChildren(...(recording ? [control] : []), ...(isOpen ? [panel] : []))
    if (hadFocus) control.focus()
    // Before the page's own things in the order of tabs while it asks.
    if (!host.isConnected) document.documentElement.insertBefore(host, document.body)
  }

  return { show }
}
