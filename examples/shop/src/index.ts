export { startShop, type Shop, type ShopOptions } from './startShop.ts'
export { listPagePaths } from './renderPage.ts'
