/** A chat request in the SDK's words, and its result in ours. */
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult } from '@ai-sdk/provider'
import { z } from 'zod'
import type { Provider } from '../model/provider.ts'
import type { ChatRequest, JsonMode, Message, SendResult } from '../model/request.ts'
import { adapterOf } from './index.ts'

type ResponseFormat = LanguageModelV4CallOptions['responseFormat']

/** Sends one chat request. Throws what the SDK throws. */
export async function sendChat(
  model: LanguageModelV4,
  request: ChatRequest,
  { provider, jsonMode, signal }: { provider: Provider; jsonMode: JsonMode; signal: AbortSignal },
): Promise<SendResult> {
  const { messages, responseFormat } = asJson(request, jsonMode)
  const providerOptions = adapterOf(provider).providerOptions?.(provider)
  const result = await model.doGenerate({
    prompt: messages.map(({ role, content }) =>
      role === 'system' ? { role, content } : { role, content: [{ type: 'text', text: content }] },
    ),
    maxOutputTokens: request.maxOutputTokens,
    abortSignal: signal,
    ...(provider.temperature && request.temperature !== undefined ? { temperature: request.temperature } : {}),
    ...(responseFormat ? { responseFormat } : {}),
    ...(providerOptions ? { providerOptions } : {}),
  })
  return resultOf(result, estimateTokens(messages.map(message => message.content)))
}

/** Where the provider counts nothing: a token for each four bytes of UTF-8. */
export function estimateTokens(texts: string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 4)
}

/** Puts the schema where the JSON mode wants it: in the response format, in words, or both. */
export function asJson(
  { messages, schema }: ChatRequest,
  jsonMode: JsonMode,
): { messages: Message[]; responseFormat?: ResponseFormat } {
  if (!schema) return { messages }
  // Servers take only objects at the root, with a schema or without.
  const mode = schema['type'] === 'object' ? jsonMode : 'prompt'
  if (mode === 'schema') return { messages, responseFormat: { type: 'json', schema } }
  const words = `Reply with JSON alone: no other words, no code fence. It must be valid against this JSON Schema:\n${JSON.stringify(schema)}`
  const [first, ...rest] = messages
  // Many chat templates take one system message, at the top.
  const told: Message[] =
    first?.role === 'system'
      ? [{ role: 'system', content: `${first.content}\n\n${words}` }, ...rest]
      : [{ role: 'system', content: words }, ...messages]
  return mode === 'object' ? { messages: told, responseFormat: { type: 'json' } } : { messages: told }
}

function resultOf(result: LanguageModelV4GenerateResult, estimatedInput: number): SendResult {
  const { unified, raw } = result.finishReason
  const said =
    result.structuredOutputText ?? result.content.map(part => (part.type === 'text' ? part.text : '')).join('')
  if (unified === 'error' || unified === 'interrupted') {
    return { fault: { kind: 'transient', status: 200, message: `The model broke off (${raw ?? unified}).` } }
  }
  const declined = refusalIn(result.response?.body)
  const refused = declined !== undefined || unified === 'content-filter'
  return {
    reply: {
      text: refused ? (declined ?? filteredText(said, raw)) : said,
      finish: refused ? 'refused' : unified === 'length' ? 'length' : 'stop',
      // No prompt has zero tokens: a zero is a server that does not count.
      inputTokens: result.usage.inputTokens.total || estimatedInput,
      outputTokens: result.usage.outputTokens.total || estimateTokens([said || (declined ?? '')]),
    },
  }
}

const refusal = z.object({
  choices: z.tuple([z.object({ message: z.object({ refusal: z.string().min(1) }) })]).rest(z.unknown()),
})

/** Why an OpenAI model declined, in its own words. From the raw answer, since not every package passes it on. */
function refusalIn(body: unknown): string | undefined {
  return refusal.safeParse(body).data?.choices[0].message.refusal
}

function filteredText(said: string, reason: string | undefined): string {
  const begun = said ? ` It had begun: ${said}` : ''
  return `The provider’s content filter stopped the reply (${reason ?? 'no reason given'}).${begun}`
}
