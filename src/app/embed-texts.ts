/** Vectors from a project’s embedder; replies go to the ledger, so that no text is paid for twice. */
import { ledgerKey } from '../engine/ledger-key.ts'
import type { Clock, LanguageModel, RunStore } from '../engine/ports.ts'
import { chargeOf } from '../engine/spending.ts'
import { CultivarError } from '../model/error.ts'
import type { EmbedRequest, Fault, Reply } from '../model/request.ts'

/** Below what common services take at once. */
const textsAtOnce = 64
const mostAttempts = 5
const longestWaitMs = 60_000

/**
 * Returns a function from texts to their vectors, in order. Batches are cut from the front, so that texts added at the end leave
 * the ones before them in the ledger. Throws CultivarError `provider-failed`, `provider-quota`, `provider-refused`.
 */
export function embedTexts(
  model: LanguageModel,
  tools: {
    runs: RunStore
    clock: Clock
    redact?: ((text: string) => string) | undefined
    signal?: AbortSignal | undefined
  },
): (texts: string[]) => Promise<number[][]> {
  const { runs, redact = text => text } = tools
  return async texts => {
    const vectors: number[][] = []
    for (let from = 0; from < texts.length; from += textsAtOnce) {
      const request: EmbedRequest = { kind: 'embed', texts: texts.slice(from, from + textsAtOnce).map(redact) }
      const key = ledgerKey(request, model, 'embed', 0)
      const reply = (await runs.findReplies([key])).get(key) ?? (await sendAndStore(model, request, key, tools))
      vectors.push(...(JSON.parse(reply.text) as number[][]))
    }
    return vectors
  }
}

async function sendAndStore(
  model: LanguageModel,
  request: EmbedRequest,
  key: string,
  { runs, clock, signal = new AbortController().signal }: Parameters<typeof embedTexts>[1],
): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    const { reply, fault } = await model.send(request, signal)
    if (reply) {
      const call = { provider: model.name, model: model.model, request, reply }
      // It belongs to no run: vectors are needed before there is one.
      const settlement = { attempt: `embed:${key}`, key, run: '', charged: chargeOf(reply, model), call }
      return (await runs.settleAttempts([settlement], clock.now())).get(key) ?? reply
    }
    signal.throwIfAborted()
    const passing = fault.kind === 'transient' || fault.kind === 'lost' || fault.kind === 'rate-limit'
    if (!passing || attempt >= mostAttempts) throw embedderFailed(model, fault)
    await clock.sleep(Math.min(fault.retryAfterMs ?? 500 * 2 ** attempt, longestWaitMs), signal)
  }
}

function embedderFailed(model: LanguageModel, fault: Fault): CultivarError {
  const code =
    fault.kind === 'quota' ? 'provider-quota' : fault.kind === 'account' ? 'provider-refused' : 'provider-failed'
  return new CultivarError(
    code,
    `The project’s embedder “${model.name}” gives no vectors: ${fault.message}`,
    `See “cultivar providers check ${model.name}”, or unset the project’s embedder: similarity then goes by words.`,
  )
}
