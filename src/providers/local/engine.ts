/** A model file loaded into this process, and what it is asked: texts to write, texts to embed. */
import type { Json } from '../../model/json.ts'
import type { Message } from '../../model/request.ts'
import { grammarSchema } from './grammar-schema.ts'
import type { LlamaEmbeddingContext, LlamaGrammar } from './llama-module.ts'
import { openSlots } from './slots.ts'
import { voiceOf } from './voice.ts'
import { holdWeights, orUnusable, type WeightsSettings } from './weights.ts'

export interface EngineSettings extends WeightsSettings {
  /** Tokens of prompt and reply together; unset: what the model was trained on, at most 4,096. */
  contextTokens?: number | undefined
  /** How many texts may be written at once. */
  sequences: number
}

/** What a reply must look like: any JSON, or JSON by a schema. */
type ReplyFormat = 'json' | { [key: string]: Json }

interface Writing {
  messages: Message[]
  format?: ReplyFormat | undefined
  maxTokens: number
  temperature: number
  seed: number
}

type Written = { text: string; finish: 'stop' | 'length'; inputTokens: number; outputTokens: number }
/** Tokens of a prompt that leaves no room for a reply. */
type TooLong = { tooLong: number }

export interface Engine {
  readonly architecture: string
  readonly contextTokens: number
  readonly trainedTokens: number
  /** Whether the model knows roles; without, it goes on with the text it is given. */
  readonly hasTemplate: boolean
  /** What computes, beside the processor. */
  readonly gpu: string | false
  /** Throws UnusableModel where memory is short; else what the signal or the module throws. */
  write(writing: Writing, signal: AbortSignal): Promise<Written | TooLong>
  embed(texts: string[], signal: AbortSignal): Promise<{ vectors: number[][]; inputTokens: number } | TooLong>
  /** Waits for what is under way, then frees the memory. */
  close(): Promise<void>
}

const mostContextTokens = 4096
/** The least reply that is worth beginning. */
const leastReplyTokens = 16
/** Left free, since the module makes room by dropping the beginning of a prompt when a context is full to the brim. */
const spareTokens = 8

/** Throws UnusableModel. */
export async function openEngine(settings: EngineSettings): Promise<Engine> {
  const { threads, sequences } = settings
  const weights = await holdWeights(settings)
  const { module, llama, model } = weights.value
  const trainedTokens = model.trainContextSize
  const contextTokens = settings.contextTokens ?? Math.min(trainedTokens, mostContextTokens)
  const voice = voiceOf(module, model)
  const grammars = new Map<string, Promise<LlamaGrammar>>()

  // A context each, never two sequences in one batch: rounding then depends on what else is in the batch, and replies with it.
  // Flash attention rounds differently with each number of threads.
  const writers = openSlots(sequences, () =>
    orUnusable(async () => {
      const context = await model.createContext({
        sequences: 1,
        contextSize: contextTokens,
        flashAttention: llama.gpu === false ? false : 'auto',
        threads: { ideal: threads },
      })
      const sequence = context.getSequence()
      return { context, sequence, write: voice.writer(sequence) }
    }),
  )
  const embedders = openSlots(1, () =>
    orUnusable(() => model.createEmbeddingContext({ contextSize: contextTokens, threads })),
  )

  function grammarOf(format: ReplyFormat): Promise<LlamaGrammar> {
    const schema = format === 'json' ? undefined : grammarSchema(format)
    const key = JSON.stringify(schema ?? null)
    const anyJson = () => llama.getGrammarFor('json')
    const grammar = grammars.get(key) ?? (schema ? llama.createGrammarForJsonSchema(schema).catch(anyJson) : anyJson())
    grammars.set(key, grammar)
    return grammar
  }

  return {
    architecture: model.fileInfo.metadata.general.architecture,
    contextTokens,
    trainedTokens,
    hasTemplate: voice.hasTemplate,
    gpu: llama.gpu,
    async write({ messages, format, maxTokens, temperature, seed }, signal) {
      const inputTokens = voice.countTokens(messages)
      const room = contextTokens - inputTokens - spareTokens
      if (room < Math.min(maxTokens, leastReplyTokens)) return { tooLong: inputTokens }
      const grammar = format && (await grammarOf(format))
      return writers.use(async ({ sequence, write }) => {
        signal.throwIfAborted()
        await sequence.clearHistory()
        const before = sequence.tokenMeter.usedOutputTokens
        const { response: text, metadata } = await write(messages, {
          ...{ maxTokens: Math.min(maxTokens, room), temperature, seed, signal, repeatPenalty: false },
          ...(grammar && { grammar }),
        })
        // The grammar ends a reply with line breaks; whole JSON is a whole reply even if they did not fit any more.
        const cut = metadata.stopReason === 'maxTokens' && !(grammar && isJson(text))
        const outputTokens = sequence.tokenMeter.usedOutputTokens - before
        return { text, finish: cut ? 'length' : 'stop', inputTokens, outputTokens }
      })
    },
    embed: (texts, signal) => embedders.use(context => embedAll(context, texts, contextTokens, signal)),
    async close() {
      await writers.close(({ context }) => context.dispose())
      await embedders.close(context => context.dispose())
      await weights.release()
    },
  }
}

async function embedAll(context: LlamaEmbeddingContext, texts: string[], contextTokens: number, signal: AbortSignal) {
  const lengths = texts.map(text => context.calculateInputLength(text))
  const longest = Math.max(0, ...lengths)
  if (longest >= contextTokens) return { tooLong: longest }
  const vectors: number[][] = []
  for (const text of texts) {
    signal.throwIfAborted()
    vectors.push([...(await context.getEmbeddingFor(text)).vector])
  }
  return { vectors, inputTokens: lengths.reduce((sum, length) => sum + length, 0) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
