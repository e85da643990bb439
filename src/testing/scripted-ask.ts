/** An `ask` whose replies a script gives, for trying a plug-in without a run. */
import assert from 'node:assert/strict'
import type { Ask, AskRequest } from '../engine/define.ts'
import { chatRequest } from '../engine/door.ts'
import { parseJsonReply } from '../text/json-reply.ts'
import { outcomeOf } from './outcome.ts'
import type { Script } from './script.ts'
import { teacher } from './teacher.ts'

/** An `ask` of its own for one unit: what it replies depends on this unit's requests alone. */
export function scriptedAsk(replies: Script = teacher()): { ask: Ask; asked: AskRequest<unknown>[] } {
  const asked: AskRequest<unknown>[] = []
  const ask = async <T>(question: AskRequest<T>) => {
    const { kind: _, ...request } = chatRequest(question as AskRequest<unknown>, undefined)
    const same = (earlier: AskRequest<unknown>) => JSON.stringify(earlier.messages) === JSON.stringify(request.messages)
    const place = { ordinal: asked.length, repeat: asked.filter(same).length }
    const scripted = { ...request, ...place, jsonMode: 'schema' as const, model: 'scripted-1' }
    asked.push(question as AskRequest<unknown>)
    const outcome = outcomeOf(replies(scripted), scripted)
    assert.ok(outcome.kind === 'reply', 'the laws are about replies: let `replies` give no faults')
    const call = `call ${asked.length}`
    if (outcome.finish === 'refused') return { kind: 'refused' as const, text: outcome.text, call }
    const truncated = outcome.finish === 'length'
    if (!question.schema) return { kind: 'reply' as const, value: outcome.text as T, truncated, call }
    const read = parseJsonReply(outcome.text)
    assert.ok(read.error === undefined, read.error)
    return { kind: 'reply' as const, value: question.schema.parse(read.value), truncated, call }
  }
  return { ask, asked }
}
