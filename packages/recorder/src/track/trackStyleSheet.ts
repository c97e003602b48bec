import { instrument, stopAll } from '@vasistas/browser-core'
import type { StyleSheetRecord } from '@vasistas/wire/recording'
import type { Realm, RecordingScope } from '../recordingScope.ts'
import type { EmitRecord, Tracker } from './tracker.types.ts'

/** A rule put in at an index, a rule taken from an index, or: tell the whole sheet anew. */
type Write = { readonly css: string; readonly index: number } | { readonly index: number } | 'all'

export interface StyleSheetTracker extends Tracker {
  /** A frame has style sheet functions of its own. */
  listenTo(realm: Realm): Tracker
  /** Emits what was written since; sheets whose element was told meanwhile are left out, for the telling had it all. */
  report(wasTold: (element: Node) => boolean): void
  /** Which constructed sheets a root uses, when that changed. */
  reportAdopted(root: Document | ShadowRoot): void
  /** After a snapshot everything counts as unknown to the replay. */
  forget(): void
}

/** CSSOM writes, which no mutation tells of. Writing is only noted in the page's own call; the rest happens with the next change set. */
export function trackStyleSheet(scope: RecordingScope, emit: EmitRecord, schedule: () => void): StyleSheetTracker {
  const { structure, gate, nodes, sheetIds, clock, monitor } = scope
  const writes = new Map<CSSStyleSheet, Write[]>()
  let adopted = new WeakMap<Node, string>()
  let told = new WeakSet<CSSStyleSheet>()

  function note(sheet: CSSStyleSheet | null, write: Write): void {
    if (!sheet) return
    gate.noteRulesChanged(sheet)
    const noted = writes.get(sheet)
    if (noted) noted.push(write)
    else writes.set(sheet, [write])
    schedule()
  }

  function listenTo(realm: Realm): Tracker {
    const sheet = realm.CSSStyleSheet.prototype
    const group = realm.CSSGroupingRule.prototype
    const whole = (name: string) => instrument(monitor, sheet, name, (target) => note(target as CSSStyleSheet, 'all'))
    const nested = (name: string) =>
      instrument(monitor, group, name, (rule) => note((rule as CSSRule).parentStyleSheet, 'all'))
    const adopting = (prototype: object) => instrument(monitor, prototype, 'adoptedStyleSheets', schedule)
    return stopAll(
      instrument(monitor, sheet, 'insertRule', (target, [css, index = 0]) =>
        note(target as CSSStyleSheet, { css: String(css), index: Number(index) }),
      ),
      instrument(monitor, sheet, 'deleteRule', (target, [index]) =>
        note(target as CSSStyleSheet, { index: Number(index) }),
      ),
      ...['addRule', 'removeRule', 'replaceSync'].map(whole),
      instrument(monitor, sheet, 'replace', (target, _, done) => {
        void (done as Promise<unknown>).then(() => note(target as CSSStyleSheet, 'all'))
      }),
      ...['insertRule', 'deleteRule'].map(nested),
      adopting(realm.Document.prototype),
      adopting(realm.ShadowRoot.prototype),
    )
  }

  function report(wasTold: (element: Node) => boolean): void {
    for (const [sheet, noted] of writes) {
      const owner = structure.sheetOwner(sheet)
      const node = owner ? nodes.findLive(owner) : undefined
      if (owner ? node && !wasTold(owner) && node.context.level !== 'block' : told.has(sheet)) {
        tellWrites(sheet, noted, node ? { node: node.id } : { styleId: sheetIds.getOrCreate(sheet) })
      }
    }
    writes.clear()
  }

  function tellWrites(
    sheet: CSSStyleSheet,
    noted: readonly Write[],
    target: { node: number } | { styleId: number },
  ): void {
    const at = clock.now()
    const record = (data: Partial<StyleSheetRecord>) => emit({ type: 'style-sheet', at, ...target, ...data })
    if (!noted.includes('all')) {
      for (const write of noted) {
        if (write === 'all') continue
        const { index } = write
        if ('css' in write) record({ adds: [{ rule: gate.rule(write.css, sheet), index }] })
        else record({ removes: [{ index }] })
      }
    } else if ('styleId' in target) record({ replace: gate.sheetRules(sheet).join('\n') })
    else {
      const css = gate.ownCss(structure.sheetOwner(sheet) as Element)
      if (css === undefined) return
      const attributes = [{ id: target.node, attributes: { _cssText: css } }]
      emit({ type: 'mutation', at, adds: [], removes: [], texts: [], attributes })
    }
  }

  function reportAdopted(root: Document | ShadowRoot): void {
    const sheets = gate.adoptedSheets(root)
    const styleIds = sheets.map((sheet) => sheetIds.getOrCreate(sheet))
    const holder = nodes.findLive(structure.nodeType(root) === 11 ? structure.host(root as ShadowRoot) : root)
    // A host that moved is another one in the replay, and must be told of its sheets again.
    const key = styleIds.length > 0 ? `${holder?.id}:${styleIds.join()}` : ''
    if (!holder || holder.context.level === 'block' || key === (adopted.get(root) ?? '')) return
    adopted.set(root, key)
    const styles = sheets
      .filter((sheet) => !told.has(sheet))
      .map((sheet) => {
        told.add(sheet)
        const rules = gate.sheetRules(sheet).map((rule, index) => ({ rule, index }))
        return { styleId: sheetIds.getOrCreate(sheet), rules }
      })
    emit({ type: 'adopted-sheets', at: clock.now(), node: holder.id, styleIds, styles })
  }

  return {
    listenTo,
    report,
    reportAdopted,
    forget() {
      adopted = new WeakMap()
      told = new WeakSet()
    },
    stop: () => writes.clear(),
  }
}
