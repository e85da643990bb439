/** The command line’s entry: runs one command, prints what stopped it, and exits with its code. */
import { CommanderError } from 'commander'
import { CultivarError, errorCodes } from '../model/error.ts'
import { errorText, print, tell } from './output.ts'
import { buildProgram } from './program.ts'
import { stopWithLauncher } from './signals.ts'

/** A fault of Cultivar itself, told apart from every code that means something to a user. */
const bugExit = 1

// `cultivar … | head`: whoever read the data has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : bugExit))
stopWithLauncher()
hideExperimentalWarnings()
process.exit(await run(process.argv))

async function run(argv: string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return usage(error)
    if (error instanceof CultivarError) return stopped(error)
    return bug(error)
  }
}

/** Help and version were printed already; what was mistyped was not. */
async function usage(error: CommanderError): Promise<number> {
  if (error.exitCode === 0) return 0
  if (error.code === 'commander.help') return errorCodes['bad-input'].exit
  const [message = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const suggestion = rest.join(' ').replace(/^\((.*)\)$/, '$1')
  return stopped(new CultivarError('bad-input', message, suggestion || 'Add --help to see what is expected.'))
}

async function stopped(error: CultivarError): Promise<number> {
  if (process.argv.includes('--json')) await print(JSON.stringify({ error }, null, 2))
  else tell(errorText(error))
  if (process.env['CULTIVAR_DEBUG']) tell(error.stack ?? '')
  return error.exitCode
}

async function bug(error: unknown): Promise<number> {
  const message = error instanceof Error ? error.message : String(error)
  const hint = 'This is a fault of Cultivar itself. CULTIVAR_DEBUG=1 shows where it happened; please report it.'
  if (process.argv.includes('--json'))
    await print(JSON.stringify({ error: { code: 'bug', message, hint, details: {} } }, null, 2))
  else tell(errorText({ message, hint }))
  if (process.env['CULTIVAR_DEBUG']) tell(error instanceof Error ? (error.stack ?? '') : '')
  return bugExit
}

/** Node calls its SQLite experimental; nobody who runs a command can do anything about it. */
function hideExperimentalWarnings(): void {
  process.removeAllListeners('warning')
  process.on('warning', warning => {
    if (warning.name !== 'ExperimentalWarning') tell(`warning: ${warning.message}`)
  })
}
