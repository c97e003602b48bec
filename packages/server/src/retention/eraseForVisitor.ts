import type { VisitorId } from '@vasistas/wire/core'
import type { AuditStore } from '../store/auditStore.ts'
import type { SiteStore } from '../store/siteStore.ts'
import type { Erasure } from './eraseSessions.ts'

export interface VisitorErasureDependencies {
  readonly erasure: Pick<Erasure, 'eraseVisitor'>
  readonly sites: Pick<SiteStore, 'find'>
  readonly audit: Pick<AuditStore, 'append'>
}

/** What a visitor erases is in the site's log as a number: whose it was is what was erased. */
export function createVisitorErasure({ erasure, sites, audit }: VisitorErasureDependencies) {
  return async function eraseForVisitor(siteId: number, visitor: VisitorId): Promise<number> {
    const { erased, at } = await erasure.eraseVisitor(siteId, visitor)
    const site = await sites.find(siteId)
    if (site && erased > 0) {
      const { accountId, name } = site
      await audit.append({ accountId, at, actor: 'visitor', action: 'recording.erased', target: `${name}: ${erased}` })
    }
    return erased
  }
}
