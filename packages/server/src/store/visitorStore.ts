import { createHmac, type KeyObject } from 'node:crypto'

import type { VisitorId } from '@vasistas/wire/core'

import type { MetaStore } from './metaStore.ts'

export interface VisitorStore {
  /** What is stored instead of the browser's secret id: only this server can make it. */
  hash(siteId: number, visitor: VisitorId): Uint8Array
  /** The sessions of the browser that knows this secret id. */
  listSessions(siteId: number, visitor: VisitorId): Promise<readonly number[]>
}

export function createVisitorStore(meta: MetaStore, visitorKey: KeyObject): VisitorStore {
  const hash = (siteId: number, visitor: VisitorId): Uint8Array =>
    createHmac('sha256', visitorKey).update(`${siteId}:${visitor}`).digest()
  return {
    hash,
    async listSessions(siteId, visitor) {
      const rows = await meta.read
        .selectFrom('session')
        .innerJoin('visitor', 'visitor.id', 'session.visitor_id')
        .select('session.id')
        .where('visitor.site_id', '=', siteId)
        .where('visitor.visitor_hash', '=', hash(siteId, visitor))
        .execute()
      return rows.map(({ id }) => id)
    },
  }
}
