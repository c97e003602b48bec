/** `v` of the batch envelope and of the start request. */
export const PROTOCOL_VERSION = 1
/** What a recording says it was made by. */
export const RECORDER_VERSION = '0.1.0'
