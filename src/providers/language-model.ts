/** A configured provider as the engine's LanguageModel: one HTTP exchange a request, every fault as data. */
import type { LanguageModel } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'
import type { Provider } from '../model/provider.ts'
import type { JsonMode, ModelRequest, SendResult } from '../model/request.ts'
import { estimateTokens, sendChat } from './chat-call.ts'
import { type ConnectionOptions, connect } from './connection.ts'
import { CallEnded, endedMessage, withDeadline } from './deadline.ts'
import { sendEmbed } from './embed-call.ts'
import { resultOfError } from './fault.ts'
import { adapterOf } from './index.ts'
import { limitsAndPrice } from './limits-and-price.ts'

/**
 * The model of a provider. `jsonMode` is the probed one; unset, it is the provider's, else `prompt`, which works everywhere.
 * `send` throws CultivarError only where the settings of this machine are wrong (proxy, certificates).
 * Throws `bad-input` if the provider has no model, endpoint or readable key.
 */
export function createLanguageModel(
  provider: Provider,
  options: ConnectionOptions & { jsonMode?: JsonMode },
): LanguageModel {
  const connection = connect(provider, options)
  const { endpoint, redact, loopback } = connection
  const model = connection.model ?? provider.model
  if (!model) {
    throw new CultivarError(
      'bad-input',
      `Provider “${provider.name}” has no model.`,
      `Name one; “cultivar providers check ${provider.name}” lists what the server has.`,
    )
  }
  const jsonMode = options.jsonMode ?? provider.jsonMode ?? 'prompt'
  const open = async () => {
    const fetch = await connection.openFetch()
    const { chat, embedding } = await adapterOf(provider).open({ ...connection, fetch })
    return { chat: chat(model), embedding: embedding?.(model) }
  }
  let service: ReturnType<typeof open> | undefined

  async function answer(request: ModelRequest, signal: AbortSignal): Promise<SendResult> {
    service ??= open()
    const { chat, embedding } = await service
    const within = <T>(work: (signal: AbortSignal) => PromiseLike<T>) => withDeadline(provider.timeoutMs, signal, work)
    if (request.kind === 'chat') {
      return within(signal => sendChat(chat, request, { provider, jsonMode, signal }))
    }
    if (embedding) return { reply: await sendEmbed(embedding, request, within) }
    const message = `${provider.kind} serves no embeddings: choose another provider as embedder.`
    return { fault: { kind: 'account', message } }
  }

  return {
    name: provider.name,
    kind: provider.kind,
    endpoint,
    model,
    jsonMode,
    loopback,
    ...limitsAndPrice(provider),
    async send(request, signal) {
      try {
        const { reply, fault } = await answer(request, signal)
        if (fault) return { fault: { ...fault, message: redact(fault.message) } }
        return { reply: request.kind === 'chat' ? { ...reply, text: redact(reply.text) } : reply }
      } catch (error) {
        if (error instanceof CultivarError) throw error
        if (error instanceof CallEnded) return { fault: { kind: 'lost', message: endedMessage(error, provider) } }
        return resultOfError(error, { endpoint, redact, inputTokens: estimateTokens(textsOf(request)) })
      }
    },
  }
}

function textsOf(request: ModelRequest): string[] {
  return request.kind === 'embed' ? request.texts : request.messages.map(message => message.content)
}
