/** A model file in this process as the engine's LanguageModel: no server, no network, every fault as data. */
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { LanguageModel } from '../../engine/ports.ts'
import { canonicalJson } from '../../model/json.ts'
import type { Provider } from '../../model/provider.ts'
import type { ChatRequest, EmbedRequest, Fault, JsonMode, ModelRequest, SendResult } from '../../model/request.ts'
import { asJson } from '../chat-call.ts'
import { CallEnded, endedMessage, withDeadline } from '../deadline.ts'
import { limitsAndPrice } from '../limits-and-price.ts'
import { type Engine, type EngineSettings, openEngine } from './engine.ts'
import type { ModelFile } from './gguf-file.ts'
import { UnusableModel } from './weights.ts'

export interface LocalModelOptions {
  /** Of node-llama-cpp: the file to import. */
  entry: string
  file: ModelFile
  /** What people call the model: the name of its file. */
  modelName: string
  jsonMode?: JsonMode | undefined
}

export interface LocalModel extends LanguageModel {
  /** The model loaded, as by the first call. Rejects with UnusableModel. */
  load(): Promise<Engine>
  close(): Promise<void>
}

/** Reading gigabytes from a slow disk is no fault. */
const longestLoadMs = 15 * 60_000

/**
 * Loads nothing before the first call. The same call (its key, else the request alone) gets the same reply, whatever else is asked
 * meanwhile and however many threads there are; with a GPU, as far as its arithmetic is the same each time.
 * It is known by the SHA-256 of its file and the file’s name.
 */
export function createLocalModel(provider: Provider, options: LocalModelOptions): LocalModel {
  const { file, modelName } = options
  const jsonMode = options.jsonMode ?? provider.jsonMode ?? 'schema'
  const settings: EngineSettings = {
    entry: options.entry,
    path: file.path,
    sha256: file.sha256,
    contextTokens: provider.contextTokens,
    threads: threadsOf(provider),
    sequences: provider.concurrency,
    gpu: provider.gpu ?? 'auto',
  }
  let engine: Promise<Engine> | undefined

  function load(): Promise<Engine> {
    const opening = engine ?? openEngine(settings)
    engine = opening
    // So that the next call tries again: memory may be free by then.
    opening.catch(() => {
      if (engine === opening) engine = undefined
    })
    return opening
  }

  async function answer(request: ModelRequest, signal: AbortSignal, call: string | undefined): Promise<SendResult> {
    const loaded = await withDeadline(longestLoadMs, signal, load)
    return withDeadline(provider.timeoutMs, signal, signal =>
      request.kind === 'chat'
        ? write(loaded, request, { jsonMode, provider, seed: seedOf(call ?? canonicalJson(request)), signal })
        : embed(loaded, request, provider, signal),
    )
  }

  return {
    name: provider.name,
    kind: 'local',
    endpoint: `sha256:${file.sha256}`,
    model: modelName,
    jsonMode,
    loopback: true,
    ...limitsAndPrice(provider),
    load,
    async send(request, signal, call) {
      try {
        return await answer(request, signal, call)
      } catch (error) {
        if (error instanceof CallEnded) return { fault: { kind: 'lost', message: endedMessage(error, provider) } }
        if (error instanceof UnusableModel) return { fault: unusable(error, modelName) }
        const why = error instanceof Error ? error.message : String(error)
        return { fault: { kind: 'transient', message: `${modelName} failed: ${why}` } }
      }
    },
    async close() {
      const opened = engine
      engine = undefined
      // What could not be opened was said when it was asked.
      const loaded = await opened?.catch(() => undefined)
      await loaded?.close()
    },
  }
}

/** All cores but one: the process needs it, and two more threads than cores make a model a thousand times slower. */
export function threadsOf({ threads }: Pick<Provider, 'threads'>, cores = availableParallelism()): number {
  return Math.min(threads ?? Math.max(1, cores - 1), cores)
}

export function unusable(error: UnusableModel, modelName: string): Fault {
  const advice = error.lacksMemory
    ? 'Lower the provider’s contextTokens or concurrency, or take a smaller model.'
    : 'Is the file whole, and the model of a kind that this version of llama.cpp knows?'
  return { kind: 'account', message: `${modelName} cannot be loaded: ${error.message}. ${advice}` }
}

async function write(
  engine: Engine,
  request: ChatRequest,
  { jsonMode, provider, seed, signal }: { jsonMode: JsonMode; provider: Provider; seed: number; signal: AbortSignal },
): Promise<SendResult> {
  const { messages, responseFormat } = asJson(request, jsonMode)
  const written = await engine.write(
    {
      messages,
      format: responseFormat && ('schema' in responseFormat ? request.schema : 'json'),
      maxTokens: request.maxOutputTokens,
      temperature: provider.temperature ? (request.temperature ?? 0) : 0,
      seed,
    },
    signal,
  )
  return 'tooLong' in written ? tooLong(written.tooLong, engine, provider) : { reply: written }
}

async function embed(
  engine: Engine,
  { texts }: EmbedRequest,
  provider: Provider,
  signal: AbortSignal,
): Promise<SendResult> {
  const embedded = await engine.embed(texts, signal)
  if ('tooLong' in embedded) return tooLong(embedded.tooLong, engine, provider)
  const { vectors, inputTokens } = embedded
  return { reply: { text: JSON.stringify(vectors), finish: 'stop', inputTokens, outputTokens: 0 } }
}

function tooLong(tokens: number, { contextTokens }: Engine, { name }: Provider): SendResult {
  const message = `The prompt has ${tokens} tokens, too many for a context of ${contextTokens} that must hold the reply too. Widen it: cultivar providers set ${name} --context ${widened(tokens)}`
  return { fault: { kind: 'request', message } }
}

/** The next power of two with room for a reply of the same length. */
function widened(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(2 * tokens))
}

function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE()
}
