/** Finding out how a server can be made to answer in JSON: by trying, and looking whether it obeys. */
import { z } from 'zod'
import type { Json } from '../model/json.ts'
import type { Provider } from '../model/provider.ts'
import { type ChatRequest, type Fault, type JsonMode, jsonModes } from '../model/request.ts'
import type { ConnectionOptions } from './connection.ts'
import { createLanguageModel } from './language-model.ts'

const wanted = z.strictObject({ colour: z.enum(['amber', 'teal', 'violet']), number: z.int() })

/** Says nothing of JSON, so that only a server which heeds the schema answers with it. Reasoning models need the room. */
const question: ChatRequest = {
  kind: 'chat',
  messages: [
    { role: 'user', content: 'Name one of the colours amber, teal and violet, and a whole number from 1 to 9.' },
  ],
  schema: z.toJSONSchema(wanted) as { [key: string]: Json },
  temperature: 0,
  maxOutputTokens: 2048,
}

/** `latencyMs`: of the call that settled it. A fault: nothing was found out. */
type JsonModeProbe = { jsonMode: JsonMode; latencyMs: number; fault?: undefined } | { fault: Fault }

/**
 * The first of `schema`, `object`, `prompt` that the server takes and obeys; `prompt` if it takes words and obeys none of them,
 * since replies can be repaired. A provider's own `jsonMode` is the only one tried. Up to three calls.
 */
export async function probeJsonMode(provider: Provider, options: ConnectionOptions): Promise<JsonModeProbe> {
  const modes = provider.jsonMode ? [provider.jsonMode] : jsonModes
  let last: JsonModeProbe | undefined
  for (const jsonMode of modes) {
    const model = createLanguageModel(provider, { ...options, jsonMode })
    const started = performance.now()
    const { reply, fault } = await model.send(question, new AbortController().signal)
    const latencyMs = Math.round(performance.now() - started)
    if (reply) {
      last = { jsonMode, latencyMs }
      if (obeys(reply.text)) return last
    } else {
      last = { fault }
      // Some servers answer a response format that they do not know with 500.
      if (fault.kind !== 'request' && !(fault.kind === 'transient' && fault.status !== undefined)) return last
    }
  }
  return last!
}

function obeys(text: string): boolean {
  try {
    return wanted.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
