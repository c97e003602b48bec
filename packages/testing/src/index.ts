export { openChromium, type ChromiumPage } from './chromium.ts'
export { bundleForBrowser } from './bundleForBrowser.ts'
export { startStaticServer, type StaticServer } from './staticServer.ts'
export { eventually } from './eventually.ts'
