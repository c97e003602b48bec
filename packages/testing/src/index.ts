export { openChromium, type ChromiumPage } from './chromium.ts'
export { bundleForBrowser } from './bundleForBrowser.ts'
export { startStaticServer, type StaticServer } from './staticServer.ts'
export { eventually } from './eventually.ts'
export {
  aClick,
  aPageLoad,
  randomId,
  requestStart,
  startVisit,
  type SendOptions,
  type Visit,
  type VisitOptions,
  type VisitStream,
} from './recorderClient.ts'
