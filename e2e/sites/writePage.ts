export interface PageParts {
  readonly title: string
  readonly snippet?: string
  readonly head?: string
  readonly body: string
  /** Runs at the end of the body, as a classic script. */
  readonly script?: string
}

/** A whole document in standards mode. */
export function writePage({ title, snippet = '', head = '', body, script }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body { margin: 1rem; font: 16px/1.5 sans-serif; color: #223 }</style>
${head}
${snippet}
</head>
<body>
${body}
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>`
}
