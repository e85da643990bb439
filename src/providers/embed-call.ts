/** An embedding request, sent in batches that every service takes. */
import { type EmbeddingModelV4, InvalidResponseDataError } from '@ai-sdk/provider'
import type { EmbedRequest, Reply } from '../model/request.ts'
import { estimateTokens } from './chat-call.ts'

/** Services allow from 100 texts and 300,000 tokens upwards. */
const batchLimits = { texts: 96, bytes: 200_000 }

/** The vectors of all texts, in order, as the reply's JSON text. `within` bounds one batch in time. Throws what the SDK throws. */
export async function sendEmbed(
  model: EmbeddingModelV4,
  { texts }: EmbedRequest,
  within: <T>(send: (signal: AbortSignal) => PromiseLike<T>) => Promise<T>,
): Promise<Reply> {
  const vectors: number[][] = []
  let inputTokens = 0
  for (const batch of batches(texts)) {
    const { embeddings, usage } = await within(abortSignal => model.doEmbed({ values: batch, abortSignal }))
    if (embeddings.length !== batch.length) {
      const message = `${embeddings.length} vectors came for ${batch.length} texts`
      throw new InvalidResponseDataError({ data: null, message })
    }
    vectors.push(...embeddings)
    inputTokens += usage?.tokens || estimateTokens(batch)
  }
  return { text: JSON.stringify(vectors), finish: 'stop', inputTokens, outputTokens: 0 }
}

function batches(texts: string[]): string[][] {
  const all: string[][] = []
  let bytes = 0
  for (const text of texts) {
    const size = Buffer.byteLength(text)
    const last = all.at(-1)
    if (last && last.length < batchLimits.texts && bytes + size <= batchLimits.bytes) {
      last.push(text)
      bytes += size
    } else {
      all.push([text])
      bytes = size
    }
  }
  return all
}
