import type { ListPosition } from '../store/listRecordings.ts'

/** Opaque to callers: what is in it may change with any version. */
export const encodeCursor = ({ startedAt, id }: ListPosition): string =>
  Buffer.from(`${startedAt}.${id}`).toString('base64url')

/** Nothing when nobody of us made it. */
export function decodeCursor(cursor: string): ListPosition | undefined {
  const [, startedAt, id] = /^(\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const position = { startedAt: Number(startedAt), id: Number(id) }
  return Number.isSafeInteger(position.startedAt) && Number.isSafeInteger(position.id) ? position : undefined
}
