/**
 * What may leave of a node, from least to most private: `allow` keeps text but for never-shapes, `redact` replaces
 * patterns in it, `mask` replaces all of it with one constant, `block` leaves a grey box of its size and nothing else.
 */
export type PrivacyLevel = 'allow' | 'redact' | 'mask' | 'block'

export const PRIVACY_LEVELS: readonly PrivacyLevel[] = ['allow', 'redact', 'mask', 'block']

export function stricter(one: PrivacyLevel, other: PrivacyLevel): PrivacyLevel {
  return PRIVACY_LEVELS.indexOf(one) >= PRIVACY_LEVELS.indexOf(other) ? one : other
}
