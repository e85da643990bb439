/** The real studio for a test: `cultivar studio` as a child process, and a real Chromium signed in to it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { type Started, type StartOptions, start } from '../e2e/command-line.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  // A container’s /dev/shm may hold 64 MB only: pages that fill it crash.
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface ServedStudio {
  /** Address without a token. */
  url: string
  /** Signs in whoever opens it first. */
  openingUrl: string
  process: Started
}

export interface OpenedStudio extends ServedStudio {
  page: Page
  context: BrowserContext
  /** What the pages asked for outside the studio, and errors they logged: a test ends with none. */
  complaints: string[]
}

/** Starts `cultivar studio`, or another command that serves it, in a workspace’s folder. It is stopped when the test ends. */
export async function serveStudio(
  folder: string,
  options: StartOptions & { args?: string[]; command?: string[] } = {},
): Promise<ServedStudio> {
  const { args = ['--port', '0'], command = ['studio'], ...rest } = options
  const process = start(folder, [...command, '--no-open', '--json', ...args], rest)
  const openingUrl = await new Promise<string>((resolve, reject) => {
    let said = ''
    process.child.stdout!.on('data', part => {
      said += part
      if (said.includes('url')) resolve(JSON.parse(said).url)
    })
    process.ended.then(({ stdout, stderr }) => reject(new Error(`The studio ended: ${stdout}${stderr}`)))
  })
  return { url: new URL(openingUrl).origin, openingUrl, process }
}

/** A browser with a profile of its own. It is closed when the test ends. */
export async function openBrowser(options: { width?: number; height?: number } = {}): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), 'cultivar-chromium-'))
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
  const { width = 1280, height = 800 } = options
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    viewport: { width, height },
    acceptDownloads: true,
  })
  context.setDefaultTimeout(20_000)
  onTestFinished(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })
  return context
}

/** The studio of a workspace in a browser, signed in. */
export async function openStudio(
  folder: string,
  options: StartOptions & { args?: string[]; command?: string[]; width?: number; height?: number } = {},
): Promise<OpenedStudio> {
  const served = await serveStudio(folder, options)
  const context = await openBrowser(options)
  const complaints: string[] = []
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('request', request => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && url.origin !== served.url) complaints.push(`asked for ${request.url()}`)
  })
  page.on('pageerror', error => complaints.push(`failed: ${error.message}`))
  page.on('console', message => {
    // Chromium logs every answer above 399, also those that the page expects and shows.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`logged: ${message.text()}`)
  })
  await page.goto(served.openingUrl)
  return { ...served, page, context, complaints }
}
