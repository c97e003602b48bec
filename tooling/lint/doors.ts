import { clockDoor } from './clockDoor.ts'
import { contentDoor } from './contentDoor.ts'
import { environmentDoor } from './environmentDoor.ts'
import { inertImport } from './inertImport.ts'
import { parsedJsonSpread } from './parsedJsonSpread.ts'

/** Our own rules as an oxlint plugin; oxlint.config.ts says where each of them holds. */
export default {
  meta: { name: 'vasistas' },
  rules: {
    'clock-door': clockDoor,
    'content-door': contentDoor,
    'environment-door': environmentDoor,
    'inert-import': inertImport,
    'parsed-json-spread': parsedJsonSpread,
  },
}
