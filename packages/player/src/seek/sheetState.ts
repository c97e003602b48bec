import type { PlacedRecordOf } from '../timeline/moment.types.ts'

/** What code did to a sheet through the CSSOM. */
export interface SheetState {
  /** All rules, while they are known one by one; otherwise those of the text the sheet began with. */
  readonly rules: string[]
  /** What came after and cannot be reduced to a list of rules. */
  readonly changes: readonly PlacedRecordOf<'style-sheet'>[]
}

/** `isText`: the sheet began with text, which nobody has cut into rules. The state before it is used up. */
export function changedSheet(
  before: SheetState | undefined,
  record: PlacedRecordOf<'style-sheet'>,
  isText: boolean,
): SheetState {
  const { rules, changes } = before ?? { rules: [], changes: [] }
  if (record.replace !== undefined) return { rules: [], changes: [record] }
  if (isText || changes.length > 0 || isNested(record)) return { rules, changes: [...changes, record] }
  // In place: pages that write their rules one by one write thousands.
  for (const { rule, index } of record.adds ?? []) rules.splice(Math.min(Number(index), rules.length), 0, rule)
  for (const { index } of record.removes ?? []) rules.splice(Number(index), 1)
  return { rules, changes }
}

function isNested({ adds, removes }: PlacedRecordOf<'style-sheet'>): boolean {
  return [...(adds ?? []), ...(removes ?? [])].some(({ index }) => typeof index !== 'number')
}
