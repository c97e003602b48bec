import type { NoticeTexts } from './noticeTexts.ts'

export interface NoticeOptions {
  readonly page: Window
  readonly texts: NoticeTexts
  readonly language: string
  readonly privacyUrl: string | undefined
  onAccept(): void
  onRefuse(): void
  onWithdraw(erase: boolean): void
}

export interface Notice {
  /** Asks. */
  ask(): void
  /** The small control with which a choice is seen and changed. */
  showControl(isRecording: boolean): void
  remove(): void
}

const STYLE = `:host{all:initial}*{box-sizing:border-box;font:15px/1.45 system-ui}
.p,.c{position:fixed;z-index:2147483646;left:16px;bottom:16px;padding:9px;color:#16302d;background:#fff;border:1px solid #9bb;border-radius:20px;box-shadow:0 8px 32px #0003}
.p{max-width:min(400px,100vw - 32px);padding:20px}
h2,b{margin:0 0 8px;font-weight:600;font-size:17px}a{color:#0b6b60}
.r{display:flex;gap:10px}.r button{flex:1;min-height:44px;border:0;border-radius:9px;background:#0b6b60;color:#fff}
input{width:20px;height:20px}svg{display:block;width:20px}
:focus-visible{outline:3px solid #2f9e8f}
@media(prefers-color-scheme:dark){.p,.c{background:#14211f;color:#e8f1ef}a{color:#8fe0d2}.r button{background:#8fe0d2;color:#000}}`
/** A door with its small window. */
const MARK = '<svg viewBox="0 0 9 9" fill=none stroke=currentColor><path d="M1 1h7v7H1zM1 4h7M4 1v3"/></svg>'

/**
 * Our own words in the page, in a closed shadow tree, never recorded. Accepting and refusing look alike and cost one press
 * each; the control that stays makes withdrawing as easy (GDPR art. 7(3), CNIL 2020-091).
 */
export function createNotice({
  page,
  texts,
  language,
  privacyUrl,
  onAccept,
  onRefuse,
  onWithdraw,
}: NoticeOptions): Notice {
  const { document } = page
  let host: HTMLElement | undefined

  function show(html: string, focused?: string): ShadowRoot {
    remove()
    host = document.createElement('vasistas-notice')
    host.setAttribute('data-vasistas', 'block')
    host.setAttribute('data-vasistas-ui', '')
    const root = host.attachShadow({ mode: 'closed' })
    root.innerHTML = `<style>${STYLE}</style>${html}`
    document.body.append(host)
    if (focused) root.querySelector<HTMLElement>(focused)?.focus()
    return root
  }

  function remove(): void {
    host?.remove()
    host = undefined
  }

  function panel(title: string, content: string, focused?: string): ShadowRoot {
    return show(
      `<section class=p lang=${language} role=dialog aria-labelledby=t><h2 id=t>${title}</h2>${content}</section>`,
      focused,
    )
  }

  const press = (root: ShadowRoot, selector: string, action: () => void) =>
    root.querySelector(selector)?.addEventListener('click', action)

  function ask(): void {
    const root = panel(
      texts.title,
      `<p>${texts.body}${privacyUrl ? ' <a target=_blank rel=noopener></a>' : ''}</p><div class=r><button id=n>${texts.refuse}</button><button id=y>${texts.accept}</button></div>`,
    )
    const link = root.querySelector('a')
    if (link && privacyUrl) {
      link.href = privacyUrl
      link.textContent = texts.more
    }
    press(root, '#y', onAccept)
    press(root, '#n', onRefuse)
  }

  function showControl(isRecording: boolean): void {
    const root = show(`<button class=c title="${texts.control}">${MARK}</button>`)
    press(root, 'button', () => showState(isRecording))
  }

  function showState(isRecording: boolean): void {
    const choice = isRecording
      ? `<label><input type=checkbox>${texts.erase}</label><div class=r><button id=x>${texts.close}</button><button id=w>${texts.withdraw}</button></div>`
      : `<p>${texts.body}</p><div class=r><button id=x>${texts.close}</button><button id=y>${texts.accept}</button></div>`
    const root = panel(texts.control, `<p>${isRecording ? texts.on : texts.off}</p>${choice}`, '#x')
    const back = () => showControl(isRecording)
    press(root, '#x', back)
    press(root, '#y', onAccept)
    press(root, '#w', () => onWithdraw(root.querySelector('input')?.checked ?? false))
    root.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape') back()
    })
  }

  return { ask, showControl, remove }
}
