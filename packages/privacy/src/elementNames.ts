/**
 * Whether an element's name is spelled like one. Parsers accept anything between angle brackets, also what somebody typed:
 * the recorder tells names that the browser knows, and those of custom elements while they hold nothing to redact.
 */
export function isKnownElementName(name: string): boolean {
  return /^(?:[a-z][a-zA-Z\d]{0,24}|annotation-xml|[a-z]+(?:-[a-z]+\d{0,2}){1,6})$/.test(name)
}
