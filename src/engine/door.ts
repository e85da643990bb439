/** The one door to the models: what generators and critics ask becomes calls, and replies become checked values. */
import { z } from 'zod'
import type { Json } from '../model/json.ts'
import type { ChatRequest, Message } from '../model/request.ts'
import { looksLikeRefusal, parseJsonReply } from '../text/json-reply.ts'
import { type CallContext, callModel, type Line } from './call-model.ts'
import type { Answer, Ask, AskRequest } from './define.ts'
import { ledgerKey, type Sample } from './ledger-key.ts'
import { UnitFault } from './run-stop.ts'

/** Times an unreadable reply is asked for again. */
const mostReasks = 2
/** How much of an unreadable reply is shown again, in UTF-16 code units. */
const longestQuote = 4000

export interface Asker {
  unit: number
  line: Line
  /** The sample of the n-th call, or of the one with this name. */
  sample: (occurrence: number | string) => Sample
  redact?: ((text: string) => string) | undefined
  /** Receives the key of every call that was made. */
  calls: string[]
}

/** The `ask` of one unit (or of one critic within it). Its calls are counted in the order they are asked. */
export function openDoor(context: CallContext, asker: Asker): Ask {
  let occurrences = 0
  const inFlight = async (request: ChatRequest, prompt: string, name: string | undefined) => {
    const key = ledgerKey(request, asker.line.model, prompt, asker.sample(name ?? occurrences++))
    if (!asker.calls.includes(key)) asker.calls.push(key)
    return { key, reply: await callModel(context, asker.line, request, key, asker.unit) }
  }

  return async <T>(question: AskRequest<T>): Promise<Answer<T>> => {
    let request = chatRequest(question, asker.redact)
    for (let reasks = 0; ; reasks++) {
      const { key: call, reply } = await inFlight(request, question.prompt, nameOf(question, reasks))
      if (reply.finish === 'refused')
        return { kind: 'refused', text: reply.text || 'the provider withheld the reply', call }
      const truncated = reply.finish === 'length'
      if (!question.schema) return { kind: 'reply', value: reply.text as T, truncated, call }
      const read = readReply(reply.text, question.schema)
      if ('value' in read) return { kind: 'reply', value: read.value, truncated, call }
      if (looksLikeRefusal(reply.text)) return { kind: 'refused', text: reply.text, call }
      if (reasks >= mostReasks)
        throw new UnitFault('invalid-reply', `${reasks + 1} replies could not be read, the last because ${read.error}`)
      const messages: Message[] = [
        ...request.messages,
        { role: 'assistant', content: reply.text.slice(0, longestQuote) },
        correction(read.error),
      ]
      request = { ...request, messages }
    }
  }
}

function nameOf({ place }: AskRequest<unknown>, reasks: number): string | undefined {
  return place === undefined ? undefined : reasks === 0 ? place : `${place} again ${reasks}`
}

export function chatRequest(question: AskRequest<unknown>, redact: Asker['redact']): ChatRequest {
  return {
    kind: 'chat',
    messages: question.messages.map(({ role, content }) => ({ role, content: redact ? redact(content) : content })),
    ...(question.schema ? { schema: jsonSchema(question.schema) } : {}),
    ...(question.temperature === undefined ? {} : { temperature: question.temperature }),
    maxOutputTokens: question.maxOutputTokens,
  }
}

const schemas = new WeakMap<z.ZodType, { [key: string]: Json }>()

function jsonSchema(schema: z.ZodType): { [key: string]: Json } {
  let written = schemas.get(schema)
  if (!written) {
    written = z.toJSONSchema(schema, { io: 'input' }) as { [key: string]: Json }
    schemas.set(schema, written)
  }
  return written
}

function readReply<T>(text: string, schema: z.ZodType<T>): { value: T } | { error: string } {
  const parsed = parseJsonReply(text)
  if (parsed.error !== undefined) return { error: parsed.error }
  const checked = schema.safeParse(parsed.value)
  return checked.success ? { value: checked.data } : { error: describe(checked.error) }
}

/** In our own words, since a library’s wording would change the keys of re-asked calls with every release. */
function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(issue => {
      const place = issue.path.length > 0 ? `at ${issue.path.join('.')}` : 'at the top'
      return 'expected' in issue ? `${place} there should be ${issue.expected}` : `${place} the value is not allowed`
    })
    .join('; ')
}

function correction(error: string): Message {
  return {
    role: 'user',
    content: `That reply could not be used: ${error}. Answer again with nothing but JSON in the form asked for.`,
  }
}
