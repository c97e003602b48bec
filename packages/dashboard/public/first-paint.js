// Sets colours and language before anything is drawn. A file of its own, because the page's CSP allows no inline script.
;(() => {
  let scheme = 'auto'
  let language = ''
  try {
    scheme = localStorage.getItem('vasistas.scheme') ?? 'auto'
    language = localStorage.getItem('vasistas.language') ?? ''
  } catch {
    // Storage may be forbidden: the system's choice is good enough.
  }
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches
  const isDark = scheme === 'dark' || (scheme !== 'light' && prefersDark)
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light'
  document.documentElement.lang = language || (navigator.language.startsWith('fr') ? 'fr' : 'en')
})()
