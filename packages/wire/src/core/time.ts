import type { Brand } from './ids.ts'

/** Milliseconds since the Unix epoch. */
export type TimeStamp = Brand<number, 'TimeStamp'>
/** Milliseconds. */
export type Duration = Brand<number, 'Duration'>

export const milliseconds = (count: number): Duration => count
export const timeStamp = (count: number): TimeStamp => count
