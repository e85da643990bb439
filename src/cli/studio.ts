/** `cultivar studio`: the web studio of a workspace, served on this machine. */
import { spawn } from 'node:child_process'
import type { Command } from 'commander'
import { inNewWorkspace } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { print, tell, wantsJson } from './output.ts'
import { untilInterrupted } from './signals.ts'

const usualPort = 7117
const megabyte = 1024 * 1024

interface StudioOptions {
  port?: number
  open: boolean
  project?: string
  maxUpload: number
}

export function addStudio(program: Command): void {
  program
    .command('studio')
    .description('open the web studio: grow, review, train and test in a browser')
    .option('--port <N>', `port on 127.0.0.1; 0: any that is free (default: ${usualPort}, else any)`, wholeNumber)
    .option('--project <NAME>', 'open this project')
    .option('--no-open', 'only print the address, open no browser')
    .option('--max-upload <MB>', 'largest file that may be uploaded', wholeNumber, 512)
    .addHelpText(
      'after',
      '\nExample:\n  cultivar studio --project support\n\nThe address holds a token that signs in whoever opens it first. Ctrl-C ends the server.',
    )
    .action((options: StudioOptions, command: Command) => studio(options, command))
}

export async function studio(options: StudioOptions, command: Command): Promise<void> {
  await inNewWorkspace(command, async workspace => {
    const { studioPages } = await import('../server/studio-pages.ts')
    const { serveStudio } = await import('../server/serve-studio.ts')
    const served = await serveStudio(workspace, {
      ...(options.port === undefined ? { port: usualPort, elsePort: 0 } : { port: options.port }),
      pages: await studioPages(tell),
      mostUploadBytes: options.maxUpload * megabyte,
      report: error => tell(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    })
    const url = served.openingUrl(options.project === undefined ? '/' : `/p/${encodeURIComponent(options.project)}`)
    if (wantsJson(command)) await print(JSON.stringify({ url }))
    else
      await print(
        `The studio of ${workspace.folder}\n\n  ${url}\n\nThe address signs in whoever opens it first. Ctrl-C ends it.`,
      )
    if (options.open) openBrowser(url)
    await untilInterrupted()
    await served.close()
  })
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
