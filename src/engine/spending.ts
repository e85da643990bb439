/** What a call may cost at worst and what it did cost: in calls, tokens and integer nano-dollars. */
import type { ModelRequest, Reply } from '../model/request.ts'
import type { Spending } from '../model/run.ts'
import type { LanguageModel } from './ports.ts'

/** Room for role markers, and for the words that carry a schema where the server has no field for it. */
const overheadTokens = { request: 300, message: 16 }

/**
 * An upper bound: byte-level tokenizers give at most one token a UTF-8 byte, and the output limit is always sent.
 * A schema counts twice, since it may be sent as a field and in words.
 */
export function worstCase(request: ModelRequest, model: Pick<LanguageModel, 'price'>): Spending {
  if (request.kind === 'embed') {
    const input = request.texts.reduce((sum, text) => sum + utf8Bytes(text) + overheadTokens.message, 0)
    return priced(input, 0, model)
  }
  const schema = request.schema ? 2 * utf8Bytes(JSON.stringify(request.schema)) : 0
  const messages = request.messages.reduce(
    (sum, message) => sum + utf8Bytes(message.content) + overheadTokens.message,
    0,
  )
  return priced(messages + schema + overheadTokens.request, request.maxOutputTokens, model)
}

export function chargeOf(reply: Reply, model: Pick<LanguageModel, 'price'>): Spending {
  return priced(reply.inputTokens, reply.outputTokens, model)
}

function priced(inputTokens: number, outputTokens: number, { price }: Pick<LanguageModel, 'price'>): Spending {
  const nanoUsd = price ? Math.ceil(inputTokens * price.input + outputTokens * price.output) : 0
  return { calls: 1, tokens: inputTokens + outputTokens, nanoUsd }
}

function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
