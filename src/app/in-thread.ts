/** Long computations in a thread of their own, with their own connection to the workspace, so that a server answers meanwhile. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { CultivarError, type ErrorCode } from '../model/error.ts'
import { type Works, works } from './thread-works.ts'
import { type Environment, openWorkspace, type Workspace } from './workspace.ts'

export interface Watching {
  signal?: AbortSignal | undefined
  observe?: ((progress: { stage: string; share: number }) => void) | undefined
}

interface Ordered {
  startWord: string
  kind: keyof Works
  input: never
  folder: string
  environment: Environment
}

type Said =
  | { progress: { stage: string; share: number } }
  | { result: unknown }
  | { error: { code: ErrorCode; message: string; hint: string; details: Record<string, unknown> } }

const startWord = 'work-in-thread'
const stopWord = 'stop'
/** More often than this nobody can see. */
const leastBetweenMs = 50

/** What the work of that name gives. @throws CultivarError what it throws; `interrupted` once it has stopped. */
export function inThread<K extends keyof Works>(
  { folder, environment }: Workspace,
  kind: K,
  input: Parameters<Works[K]>[1],
  { signal, observe }: Watching = {},
): Promise<Awaited<ReturnType<Works[K]>>> {
  const done = Promise.withResolvers<Awaited<ReturnType<Works[K]>>>()
  const ordered = { startWord, kind, input, folder, environment }
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: ordered })
  const stop = () => worker.postMessage(stopWord)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  worker.on('message', (said: Said) => {
    if ('progress' in said) return observe?.(said.progress)
    if ('result' in said) done.resolve(said.result as Awaited<ReturnType<Works[K]>>)
    else done.reject(new CultivarError(said.error.code, said.error.message, said.error.hint, said.error.details))
  })
  worker.on('error', error => done.reject(error))
  worker.on('exit', () => {
    signal?.removeEventListener('abort', stop)
    done.reject(new Error(`the thread of ${kind} ended without a result`))
  })
  return done.promise
}

if (!isMainThread && workerData?.startWord === startWord) void work(workerData)

async function work({ kind, input, folder, environment }: Ordered): Promise<void> {
  const say = (said: Said) => parentPort!.postMessage(said)
  const stopping = new AbortController()
  parentPort!.on('message', word => word === stopWord && stopping.abort())
  let toldMs = 0
  const observe = (progress: { stage: string; share: number }) => {
    const nowMs = performance.now()
    if (progress.share < 1 && nowMs - toldMs < leastBetweenMs) return
    toldMs = nowMs
    say({ progress })
  }
  try {
    const workspace = await openWorkspace({ folder, cwd: folder, environment })
    try {
      const result = await works[kind](workspace, input, { signal: stopping.signal, observe })
      say({ result })
    } finally {
      await workspace.close()
    }
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const { code, message, hint, details } = error
    say({ error: { code, message, hint, details: JSON.parse(JSON.stringify(details)) } })
  } finally {
    // It ends by itself then: a thread that is terminated while it closes its database can take the whole process with it.
    parentPort!.close()
  }
}
