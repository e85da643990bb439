/** The real command line as child processes in folders of their own, and a scripted server for them to talk to. */
import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { type ScriptedServer, type ScriptedServerOptions, scriptedServer } from '../../src/testing/index.ts'
import { temporaryFolder } from '../temporary-workspace.ts'

const root = dirname(dirname(import.meta.dirname))
export const launcher = join(root, 'bin', 'cultivar.js')
export const examples = join(root, 'examples')
export const seeds = join(examples, 'quickstart', 'seeds.csv')
export const labels = ['order_status', 'return_item', 'payment_failed', 'damaged_item']

export interface Ended {
  /** Null if a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves once stderr has said it. */
  said(text: string): Promise<void>
}

export interface StartOptions {
  environment?: Record<string, string>
  /** Written to its standard input. */
  input?: string
  /** Instead of the launcher. */
  program?: string
}

/** Starts `cultivar …args` in a folder, with nothing of this process’s own environment but the path. */
export function start(folder: string, args: string[], options: StartOptions = {}): Started {
  const { environment = {}, input = '', program = launcher } = options
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...environment },
    stdio: 'pipe',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', chunk => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    stderr += chunk
    for (const listener of listeners) listener()
  })
  child.stdin.on('error', () => undefined).end(input)
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, stdout, stderr })))
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(text) && resolve()
      listeners.add(look)
      look()
      ended.then(() => reject(new Error(`It ended without saying “${text}”:\n${stdout}\n${stderr}`)))
    })
  return { child, ended, said }
}

export function cultivar(folder: string, args: string[], options: StartOptions = {}): Promise<Ended> {
  return start(folder, args, options).ended
}

/** What `--json` printed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it as a user’s script would
export function json({ stdout, stderr }: Ended): any {
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`not JSON:\n${stdout}\n${stderr}`)
  }
}

/** A server that is gone when the test ends. */
export async function serve(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const server = await scriptedServer(options)
  onTestFinished(() => server.close())
  return server
}

/** A workspace with project `support`, the quickstart’s seeds, and provider `gpt` at the server. */
export async function shopWorkspace(server: ScriptedServer, apiKey?: string): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'support', labels })
  await importRecords(workspace, { project: 'support', file: seeds })
  await addProvider(workspace, {
    settings: { name: 'gpt', kind: 'openai-compatible', endpoint: server.url, model: 'scripted-1', jsonMode: 'schema' },
    projects: ['support'],
    ...(apiKey !== undefined && { apiKey }),
  })
  await workspace.close()
  return folder
}
