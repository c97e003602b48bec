declare const brand: unique symbol
export type Brand<T, Name extends string> = T & { readonly [brand]?: Name }

/** Public name of a site, in the snippet. 22 characters of base64url. Never a secret. */
export type SiteKey = Brand<string, 'SiteKey'>
/** 53-bit time-ordered number: a site's row. */
export type SiteId = Brand<number, 'SiteId'>
/** 53-bit time-ordered number: a session's row (`s` in a batch header). Never a capability. */
export type SessionId = Brand<number, 'SessionId'>
/** 128 random bits, base64url: the public id of a session's recording, in URLs, API and CLI. */
export type RecordingId = Brand<string, 'RecordingId'>
/** 128 random bits, base64url, made and kept by the visitor's browser after consent; the server stores a keyed hash. */
export type VisitorId = Brand<string, 'VisitorId'>
/** 48 random bits: one page load's records. */
export type StreamId = Brand<number, 'StreamId'>
/** A batch's place in its stream, from 0. */
export type SequenceNumber = Brand<number, 'SequenceNumber'>
/** A DOM node within one recording, from 1. */
export type NodeId = Brand<number, 'NodeId'>
