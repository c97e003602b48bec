/** What a command's end means to a script; documented in README.md and in `vasistas --help`. */
export const EXIT = {
  ok: 0,
  /** Something went wrong that the command cannot help: a disk, a database, a taken port. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The site, account or recording does not exist. */
  notFound: 3,
  /** Understood, but not allowed: a weak password, a taken e-mail address, an invalid setting. */
  refused: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
