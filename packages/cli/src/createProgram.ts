import { Command, InvalidArgumentError, Option } from 'commander'
import { readConfig, type ConfigOverrides } from '@vasistas/server'
import type { CommandContext } from './command.types.ts'
import { createAccount, type CreateAccountOptions } from './commands/createAccount.ts'
import { doctor } from './commands/doctor.ts'
import { erase } from './commands/erase.ts'
import { exportRecording, type ExportOptions } from './commands/exportRecording.ts'
import { listRecordings, type ListRecordingsOptions } from './commands/listRecordings.ts'
import { serve } from './commands/serve.ts'
import { createSite, listSites, setSite, type CreateSiteOptions } from './commands/sites.ts'
import { createOutput } from './output.ts'
import { SETTING_NAMES } from './parseSiteChange.ts'
import type { Terminal } from './terminal.types.ts'

interface CommonOptions {
  readonly json?: true
  readonly data?: string
}
interface ServeOptions extends CommonOptions {
  readonly host?: string
  readonly port?: number
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly allowPlainHttp?: true
}

const EXIT_CODES = `
Exit codes: 0 done · 1 failed · 2 command line not understood · 3 not found · 4 refused (weak password, invalid setting)
Settings come from VASISTAS_* in the environment; options win. \`vasistas doctor\` shows what holds.`

/** The command line's grammar; each action hands over to one file in commands/. */
export function createProgram(terminal: Terminal): Command {
  const context = (options: ServeOptions): CommandContext => ({
    config: readConfig(terminal.env, overridesOf(options)),
    output: createOutput(options.json === true, terminal.stdout, terminal.stderr),
    terminal,
  })
  const program = new Command('vasistas')
    .description('Self-hosted session recording that keeps visitors’ privacy.')
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride()
    .showHelpAfterError('Add --help for what it takes.')
    .addHelpText('after', EXIT_CODES)

  addServe(program, context)
  addAccount(program, context)
  addSites(program, context)
  addRecordings(program, context)
  addDoctor(program, context)
  return program
}

type Context = (options: ServeOptions) => CommandContext

function addServe(program: Command, context: Context): void {
  leaf(program, 'serve', 'run the server until SIGTERM or Ctrl-C', 'vasistas serve --port 4300 --data ./data')
    .option('--host <address>', 'address to listen on; loopback when left out')
    .option('--port <number>', 'port; 0 takes a free one and prints it', parsePort)
    .option('--tls-cert <file>', 'certificate chain (PEM); serves HTTPS together with --tls-key')
    .option('--tls-key <file>', 'private key (PEM)')
    .option('--allow-plain-http', 'serve HTTP on an address that is not loopback (behind a proxy that does TLS)')
    .action((options: ServeOptions) => serve(context(options)))
}

function addAccount(program: Command, context: Context): void {
  const account = program.command('account').description('people who sign in to the dashboard')
  leaf(
    account,
    'create',
    'an owner account',
    'vasistas account create --email anna@shop.example\necho "$PASSWORD" | vasistas account create --email anna@shop.example --password-stdin',
  )
    .requiredOption('--email <address>', 'what the owner signs in with')
    .option('--name <name>', 'how colleagues see the owner')
    .option('--password-stdin', 'read the password from standard input instead of asking')
    .addOption(new Option('--language <code>', 'of the dashboard').choices(['en', 'fr']).default('en'))
    .action((options: CreateAccountOptions & CommonOptions) => createAccount(options, context(options)))
}

function addSites(program: Command, context: Context): void {
  const site = program.command('site').description('sites that are recorded')
  leaf(site, 'create', 'a site; prints its key', 'vasistas site create --origin https://shop.example --name Shop')
    .requiredOption('--origin <origin>', 'where its pages are; repeat for several', collect)
    .option('--name <name>', 'how the dashboard calls it; the host when left out')
    .option('--account <email>', 'whose site it is; needed when there are several accounts')
    .action((options: CreateSiteOptions & CommonOptions) => createSite(options, context(options)))
  leaf(
    site,
    'set',
    'changes settings; prints all of them',
    'vasistas site set KEY recordFormInputs=on retentionDays=14 block=".card, #secret"',
  )
    .argument('<key>', 'the site’s key')
    .argument('<setting=value...>', SETTING_NAMES.join(', '))
    .action((key: string, assignments: readonly string[], options: CommonOptions) =>
      setSite(key, assignments, context(options)),
    )
  leaf(site, 'list', 'all sites', 'vasistas site list --json').action((options: CommonOptions) =>
    listSites(context(options)),
  )
}

function addRecordings(program: Command, context: Context): void {
  const recordings = program.command('recordings').description('what was recorded')
  leaf(recordings, 'list', 'newest first', 'vasistas recordings list --site KEY --limit 10')
    .option('--site <key>', 'of this site only')
    .option('--limit <number>', 'how many, 1 to 100', parseLimit, 30)
    .option('--cursor <cursor>', 'go on where the last list ended')
    .action((options: ListRecordingsOptions & CommonOptions) => listRecordings(options, context(options)))
  leaf(program, 'export', 'one recording; the export is noted in the audit log', 'vasistas export ID -o visit.json')
    .argument('<id>', 'the recording’s id')
    .addOption(
      new Option('--format <format>', 'rrweb: the events; json: what is known of the visit and the events')
        .choices(['rrweb', 'json'])
        .default('rrweb'),
    )
    .option('-o, --output <file>', 'instead of standard output')
    .action((id: string, options: ExportOptions & CommonOptions) => exportRecording(id, options, context(options)))
  leaf(program, 'erase', 'for good, at once', 'vasistas erase --recording ID')
    .requiredOption('--recording <id>', 'the recording’s id')
    .action((options: { recording: string } & CommonOptions) => erase(options, context(options)))
}

function addDoctor(program: Command, context: Context): void {
  leaf(program, 'doctor', 'the effective settings, and what is wrong with this installation', 'vasistas doctor').action(
    (options: CommonOptions) => doctor(context(options)),
  )
}

function leaf(parent: Command, name: string, description: string, example: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--data <folder>', 'the data folder; ./data when left out')
    .option('--json', 'one JSON value on standard output')
    .addHelpText('after', `\nExample:\n  ${example.replaceAll('\n', '\n  ')}`)
}

function overridesOf({ data, host, port, tlsCert, tlsKey, allowPlainHttp }: ServeOptions): ConfigOverrides {
  return {
    ...(data !== undefined && { dataFolder: data }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(tlsCert !== undefined && { tlsCertFile: tlsCert }),
    ...(tlsKey !== undefined && { tlsKeyFile: tlsKey }),
    ...(allowPlainHttp && { allowPlainHttp }),
  }
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]

function parsePort(value: string): number {
  return parseWhole(value, 0, 65_535)
}

function parseLimit(value: string): number {
  return parseWhole(value, 1, 100)
}

function parseWhole(value: string, min: number, max: number): number {
  const parsed = Number(value)
  if (/^\d+$/.test(value) && parsed >= min && parsed <= max) return parsed
  throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`)
}
