import type { PlacedRecordOf } from '../timeline/moment.types.ts'

/** What code did to a sheet through the CSSOM. */
export interface SheetState {
  /** All rules, while they are known one by one; otherwise those of the text the sheet began with. */
  readonly rules: readonly string[]
  /** What came after and cannot be reduced to a list of rules. */
  readonly changes: readonly PlacedRecordOf<'style-sheet'>[]
}

/** `rules`: nothing when the sheet began with text, which nobody has cut into rules. */
export function changedSheet(
  before: SheetState | undefined,
  record: PlacedRecordOf<'style-sheet'>,
  isText: boolean,
): SheetState {
  const { rules, changes } = before ?? { rules: [], changes: [] }
  if (record.replace !== undefined) return { rules: [], changes: [record] }
  if (isText || changes.length > 0 || isNested(record)) return { rules, changes: [...changes, record] }
  const changed = [...rules]
  for (const { rule, index } of record.adds ?? []) changed.splice(Math.min(Number(index), changed.length), 0, rule)
  for (const { index } of record.removes ?? []) changed.splice(Number(index), 1)
  return { rules: changed, changes }
}

function isNested({ adds, removes }: PlacedRecordOf<'style-sheet'>): boolean {
  return [...(adds ?? []), ...(removes ?? [])].some(({ index }) => typeof index !== 'number')
}
