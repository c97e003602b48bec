/** A number from 0 up to 1: for spreading reconnections, never for secrets. */
export const randomShare = (): number => Math.random()
