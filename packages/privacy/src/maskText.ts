/** The one mask. Its length says nothing, because the length of what it hides is content too (leaks.md L177). */
export const MASK = '•••••'
