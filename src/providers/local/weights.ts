/** llama.cpp and the weights of model files in this process: each once, whoever uses them. */
import { setTimeout as pause } from 'node:timers/promises'
import { importLlama } from './install.ts'
import type { Llama, LlamaModule } from './llama-module.ts'
import { sharedResource } from './shared-resource.ts'

export interface WeightsSettings {
  /** The module’s file, to import. */
  entry: string
  path: string
  sha256: string
  threads: number
  gpu: 'auto' | 'off'
}

/** The model cannot be loaded, or not with this context: nothing it is asked will be answered. */
export class UnusableModel extends Error {
  readonly lacksMemory: boolean

  constructor(cause: unknown, told: string[]) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    super([error.message.replace(/\.$/, ''), ...told].join('; '), { cause })
    this.lacksMemory = /memory|alloc/i.test(`${error.constructor.name} ${this.message}`)
  }
}

interface Library {
  module: LlamaModule
  llama: Llama
}

/** Weights are the bulk of the memory: once a file, whoever asks, whatever context. */
export const holdWeights = sharedResource(
  ({ entry, path, sha256, gpu }: WeightsSettings) => JSON.stringify([entry, path, sha256, gpu]),
  async settings => {
    const { path, threads, gpu } = settings
    const { module, llama } = await openLibrary(settings)
    // Threads of all models are shared out: more than this machine has cores would stall them all.
    llama.maxThreads = Math.max(llama.maxThreads, threads)
    const model = await orUnusable(() => llama.loadModel({ modelPath: path, ...(gpu === 'off' && { gpuLayers: 0 }) }))
    return { value: { module, llama, model }, close: () => model.dispose() }
  },
)

/**
 * By module and GPU; open until the process ends. Without models it holds next to nothing, and closing one would take the log of the
 * others, which then goes to the standard output.
 */
const libraries = new Map<string, Promise<Library>>()

function openLibrary({ entry, gpu, threads }: WeightsSettings): Promise<Library> {
  const key = JSON.stringify([entry, gpu])
  const opened = libraries.get(key) ?? orUnusable(() => loadLibrary(entry, gpu, threads))
  libraries.set(key, opened)
  opened.catch(() => libraries.delete(key))
  return opened
}

async function loadLibrary(entry: string, gpu: WeightsSettings['gpu'], maxThreads: number): Promise<Library> {
  const module = await importLlama(entry)
  const llama = await module.getLlama({
    gpu: gpu === 'off' ? false : 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    logger(_, message) {
      lastWords.push(message.trim())
      if (lastWords.length > 2) lastWords.shift()
    },
    maxThreads,
  })
  return { module, llama }
}

/** What llama.cpp said last of what went wrong: its log is one for the process. */
const lastWords: string[] = []
/** How long what it logs may take to come through. */
const logMs = 50

/** Runs what opens something. Throws UnusableModel with what llama.cpp said, which is in its log alone. */
export async function orUnusable<T>(open: () => Promise<T>): Promise<T> {
  lastWords.length = 0
  try {
    return await open()
  } catch (error) {
    await pause(logMs)
    throw new UnusableModel(error, lastWords)
  }
}
