import type { SiteSettings, UpdateSiteRequest } from '@vasistas/wire/api'
import { usageFailure } from './commandFailure.ts'

/** How each setting is written on a command line. */
const SETTING_KINDS: Readonly<Record<keyof SiteSettings, 'switch' | 'number' | 'word' | 'list'>> = {
  recordingOn: 'switch',
  retentionDays: 'number',
  sampleRate: 'number',
  keepAssets: 'switch',
  level: 'word',
  recordFormInputs: 'switch',
  recordEmails: 'switch',
  recordNumbers: 'switch',
  block: 'list',
  mask: 'list',
  ignore: 'list',
  allow: 'list',
  readForeignAllowMarks: 'switch',
  imageHosts: 'list',
  excludedPages: 'list',
  allowedQueryNames: 'list',
}
const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
])

export const SETTING_NAMES: readonly string[] = [
  'name',
  'origins',
  'privacyLevel',
  ...Object.keys(SETTING_KINDS),
].filter((name) => name !== 'level')

/** `setting=value…` to what the API takes; whether a value is allowed is the server's to say. */
export function parseSiteChange(assignments: readonly string[]): UpdateSiteRequest {
  const change: { name?: string; origins?: readonly string[] } = {}
  const settings: Record<string, unknown> = {}
  for (const assignment of assignments) {
    const [name, value] = splitAssignment(assignment)
    if (name === 'name') change.name = value
    else if (name === 'origins') change.origins = parseList(value)
    else {
      const setting = settingName(name)
      settings[setting] = parseValue(name, SETTING_KINDS[setting], value)
    }
  }
  return { ...change, ...(Object.keys(settings).length > 0 && { settings: settings as Partial<SiteSettings> }) }
}

function splitAssignment(assignment: string): readonly [name: string, value: string] {
  const at = assignment.indexOf('=')
  if (at < 1) throw usageFailure(`"${assignment}" is not setting=value`)
  return [assignment.slice(0, at), assignment.slice(at + 1)]
}

function settingName(name: string): keyof SiteSettings {
  if (name === 'privacyLevel') return 'level'
  if (Object.hasOwn(SETTING_KINDS, name)) return name as keyof SiteSettings
  throw usageFailure(`there is no setting "${name}"; settings are ${SETTING_NAMES.join(', ')}`)
}

function parseValue(name: string, kind: 'switch' | 'number' | 'word' | 'list', value: string): unknown {
  if (kind === 'word') return value
  if (kind === 'list') return parseList(value)
  const parsed = kind === 'switch' ? SWITCHES.get(value) : parseNumber(value)
  if (parsed === undefined)
    throw usageFailure(`${name} is ${kind === 'switch' ? 'on or off' : 'a number'}, not "${value}"`)
  return parsed
}

/** A comma separates; selectors that hold one are written as a JSON list. */
function parseList(value: string): readonly string[] {
  if (!value.startsWith('[')) return value.split(',').flatMap((part) => part.trim() || [])
  try {
    const parsed: unknown = JSON.parse(value)
    if (Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string')) return parsed
  } catch {
    // Said below, together with lists of something else.
  }
  throw usageFailure(`"${value}" is not a JSON list of strings`)
}

function parseNumber(value: string): number | undefined {
  const parsed = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(parsed) ? parsed : undefined
}
