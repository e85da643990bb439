/** `cultivar studio`: the web studio of a workspace, served on this machine. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { OwnSimulation } from '../app/simulations/own-simulations.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { inNewWorkspace } from './in-workspace.ts'
import { collect, wholeNumber } from './option-values.ts'
import { print, tell, wantsJson } from './output.ts'
import { untilStopped } from './signals.ts'

const usualPort = 7117
const usualMostUpload = 512
const megabyte = 1024 * 1024

interface StudioOptions {
  port?: number
  /** Whether a browser is opened too. */
  open: boolean
  project?: string
  /** Page to open; that of the project, unless given. */
  path?: string
  ownSimulations?: OwnSimulation[]
  /** In megabytes. */
  maxUpload: number
  host?: string
  hostname?: string[]
  passwordFile?: string
  tlsCert?: string
  tlsKey?: string
  behindProxy?: true
}

/** As where no option is given. */
export const usualOptions: StudioOptions = { open: true, maxUpload: usualMostUpload }

export function addStudio(program: Command): void {
  program
    .command('studio')
    .description('open the web studio: grow, review, train and test in a browser')
    .option('--port <N>', `port; 0: any that is free (default: ${usualPort}, else any)`, wholeNumber)
    .option('--project <NAME>', 'open this project')
    .option('--no-open', 'only print the address, open no browser')
    .option('--max-upload <MB>', 'largest file that may be uploaded', wholeNumber, usualMostUpload)
    .option('--host <ADDRESS>', 'serve others too: an address of this machine, 0.0.0.0 for all (default: 127.0.0.1)')
    .option('--hostname <NAME>', 'a name it is served under, such as studio.example.com; several times', collect)
    .option(
      '--password-file <FILE>',
      'the owner’s password (or: CULTIVAR_STUDIO_PASSWORD); asked for where it is needed',
    )
    .option('--tls-cert <FILE>', 'serve HTTPS with this certificate')
    .option('--tls-key <FILE>', 'and this key')
    .option('--behind-proxy', 'believe the proxy before it: X-Forwarded-For, -Host and -Proto')
    .addHelpText(
      'after',
      '\nExample:\n  cultivar studio --project support\n\nThe address holds a token that signs in whoever opens it first, within an hour. Ctrl-C ends the server.',
    )
    .action((options: StudioOptions, command: Command) =>
      inNewWorkspace(command, workspace => serveFromTerminal(workspace, options, command)),
    )
}

/** Serves the workspace’s studio until the person at the terminal ends it. */
export async function serveFromTerminal(workspace: Workspace, options: StudioOptions, command: Command): Promise<void> {
  const { studioPages } = await import('../server/studio-pages.ts')
  const { serveStudio } = await import('../server/serve-studio.ts')
  const tls = await readTls(options)
  await prepareForOthers(workspace, options)
  const served = await serveStudio(workspace, {
    ...(options.port === undefined ? { port: usualPort, elsePort: 0 } : { port: options.port }),
    ...(options.host !== undefined && { host: options.host }),
    ...(tls && { tls }),
    ownSimulations: options.ownSimulations ?? [],
    hostnames: options.hostname ?? [],
    behindProxy: options.behindProxy ?? false,
    pages: await studioPages(tell),
    mostUploadBytes: options.maxUpload * megabyte,
    report: error => tell(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })
  const path = options.path ?? (options.project === undefined ? '/' : `/p/${encodeURIComponent(options.project)}`)
  const url = served.openingUrl(path)
  if (wantsJson(command)) await print(JSON.stringify({ url }))
  else
    await print(
      `The studio of ${workspace.folder}\n\n  ${url}\n\nThe address signs in whoever opens it first. Ctrl-C ends it.`,
    )
  if (options.open) openBrowser(url)
  const stopTelling = wantsJson(command) ? () => undefined : newAddressOnEnter(() => served.openingUrl(path))
  const stopNow = await untilStopped(tell)
  stopTelling()
  await served.close(stopNow)
}

/** Whoever serves it to others is told what that takes. Throws CultivarError `bad-input` where a password is missing. */
async function prepareForOthers(workspace: Workspace, options: StudioOptions): Promise<void> {
  const { isLoopback } = await import('../server/security/loopback.ts')
  const { hasAccounts, hasOwnersPassword, setOwnersPassword } = await import('../app/accounts/accounts.ts')
  const { whoDecides } = await import('../app/decide.ts')
  const forOthers = options.behindProxy || !isLoopback(options.host ?? '127.0.0.1')
  const owner = whoDecides(workspace.environment)
  let password = await givenPassword(workspace, options.passwordFile)
  if (password === undefined && forOthers && !hasAccounts(workspace) && !(await hasOwnersPassword(workspace, owner)))
    password = await askPassword()
  if (password !== undefined) await setOwnersPassword(workspace, owner, password)
  if (forOthers && options.tlsCert === undefined && !options.behindProxy)
    tell(
      'warning: without --tls-cert and --tls-key, passwords and texts can be read and changed by anybody on the network.',
    )
}

async function givenPassword({ environment }: Workspace, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return environment['CULTIVAR_STUDIO_PASSWORD'] || undefined
  const { readTextFile } = await import('../app/read-text-file.ts')
  const password = (await readTextFile(file)).trim()
  if (password !== '') return password
  throw new CultivarError('bad-input', `There is no password in ${file}.`, 'Write it there, on one line.')
}

async function askPassword(): Promise<string> {
  const { askSecret } = await import('./read-secret.ts')
  const password = process.stdin.isTTY ? await askSecret('A password to sign in with (12 characters or more): ') : ''
  if (password !== '') return password
  throw new CultivarError(
    'bad-input',
    'Served to others, the studio takes a password.',
    'Give it by --password-file FILE or CULTIVAR_STUDIO_PASSWORD, or start it in a terminal to be asked. Without --host it is served to this machine alone.',
  )
}

async function readTls({ tlsCert, tlsKey }: StudioOptions): Promise<{ cert: string; key: string } | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined)
    throw new CultivarError('bad-input', '--tls-cert and --tls-key belong together.', 'Give both, as files in PEM.')
  const { readTextFile } = await import('../app/read-text-file.ts')
  return { cert: await readTextFile(tlsCert), key: await readTextFile(tlsKey) }
}

/** A token works once: at a terminal, Enter prints an address with another. */
function newAddressOnEnter(address: () => string): () => void {
  if (!process.stdin.isTTY) return () => undefined
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => tell(`  ${address()}`))
  return () => lines.close()
}

/** Where there is no browser to open, the printed address is enough. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url.replaceAll('&', '^&')]
        : ['xdg-open', url]
  const child = spawn(program!, args, { stdio: 'ignore', detached: true })
  child.on('error', () => tell('No browser was found; open the address yourself.'))
  child.unref()
}
