/** Whether an entry of a list is one that the server and the recorder understand. */
export type EntryCheck = (entry: string) => boolean

export const isHost: EntryCheck = (host) => /^(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d{1,5})?$/i.test(host)
export const isPagePattern: EntryCheck = (page) => /^\/[^\s?#]*$/.test(page)
export const isQueryName: EntryCheck = (name) => /^[\w.-]{1,64}$/.test(name)

/** Asked of the browser itself, because the recorder in the visitor's browser will ask the same. */
export const isSelector: EntryCheck = (selector) => {
  try {
    document.createDocumentFragment().querySelector(selector)
    return true
  } catch {
    return false
  }
}
