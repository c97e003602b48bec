import { startShop } from '@vasistas/example-shop'
import { openAdmin, startServer, type Config } from '@vasistas/server'

export interface Demo {
  readonly dashboardUrl: string
  readonly shopUrl: string
  /** Once, while no account exists. */
  readonly setupUrl: string | undefined
  readonly siteKey: string
  close(): Promise<void>
}

const SHOP_NAME = 'Clenche'

/** The server and, beside it, the demo shop with the snippet of a site of its own; both on this machine only. */
export async function startDemo(config: Config, shopPort: number): Promise<Demo> {
  const siteKey = await ensureShopSite(config, shopPort)
  const server = await startServer(config)
  try {
    const shop = await startShop({ port: shopPort, scriptUrl: `${server.origin}/v.js`, siteKey })
    return {
      dashboardUrl: server.origin,
      shopUrl: `http://localhost:${new URL(shop.origin).port}`,
      setupUrl: server.setupUrl,
      siteKey,
      async close() {
        await shop.close()
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

/** The shop's site of an earlier start, or a new one; it belongs to whoever makes the first account. */
async function ensureShopSite(config: Config, shopPort: number): Promise<string> {
  const origins = [`http://localhost:${shopPort}`, `http://127.0.0.1:${shopPort}`]
  await using admin = await openAdmin(config)
  const known = (await admin.listSites()).find((site) => site.origins.some((origin) => origins.includes(origin)))
  return (known ?? (await admin.createSite({ name: SHOP_NAME, origins }))).key
}
