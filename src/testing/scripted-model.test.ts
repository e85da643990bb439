/** A scripted model behaves on a virtual clock as an adapter does against a scripted server. */
import { afterEach, describe, expect, it } from 'vitest'
import { provider } from '../model/provider.ts'
import type { ChatRequest, ModelRequest } from '../model/request.ts'
import { createLanguageModel } from '../providers/language-model.ts'
import type { ScriptedAnswer } from './script.ts'
import { type ScriptedModelOptions, scriptedModel } from './scripted-model.ts'
import { type ScriptedServer, scriptedServer } from './scripted-server.ts'
import { teacher } from './teacher.ts'
import { VirtualClock } from './virtual-clock.ts'

const chat: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'Write 3 texts.' }],
  maxOutputTokens: 500,
}
const never = new AbortController().signal

/** Sends, and lets time pass until there is a result. */
async function sent(options: Omit<ScriptedModelOptions, 'clock'>, request: ModelRequest = chat) {
  const clock = new VirtualClock(0)
  const model = scriptedModel({ ...options, clock })
  const pending = model.send(request, never)
  let over = false
  pending.finally(() => {
    over = true
  })
  await clock.run(() => over)
  return { result: await pending, tookMs: clock.now(), model }
}

describe('faults', () => {
  let server: ScriptedServer | undefined
  afterEach(() => server?.close())

  const answers: ScriptedAnswer[] = [
    { kind: 'reply', value: 'Good day.' },
    { kind: 'reply', value: 'Cut', finish: 'length' },
    { kind: 'reply', value: { a: 1 }, usage: { inputTokens: 5, outputTokens: 6 } },
    { kind: 'truncated', value: 'Good day to you.' },
    { kind: 'malformed', value: { a: [1] }, flaw: 'fenced' },
    { kind: 'refusal', text: 'I would rather not.' },
    { kind: 'moderation' },
    { kind: 'moderation', of: 'request' },
    { kind: 'rate-limit' },
    { kind: 'rate-limit', retryAfterS: 2 },
    { kind: 'quota-exhausted' },
    { kind: 'server-error' },
    { kind: 'server-error', status: 503 },
    { kind: 'unauthorized' },
    { kind: 'unauthorized', status: 402 },
    { kind: 'unauthorized', status: 403 },
    { kind: 'bad-request' },
    { kind: 'bad-request', status: 413 },
    { kind: 'bad-request', status: 422 },
    { kind: 'not-found' },
    { kind: 'reset' },
    { kind: 'reset', midReply: true },
    { kind: 'hang' },
    { kind: 'hang', midReply: true },
    { kind: 'garbage' },
  ]

  it.each(answers)('are those of an adapter and a server: %j', async answer => {
    server = await scriptedServer({ script: () => answer })
    const settings = { name: 'p', kind: 'openai', model: 'm', endpoint: server.url, timeoutMs: 300 } as const
    const adapter = createLanguageModel(provider.parse(settings), { apiKey: 'sk-test', environment: {} })
    const overHttp = await adapter.send(chat, never)
    const { result } = await sent({ script: () => answer, timeoutMs: 300 })
    const { message: _, ...fault } = result.fault ?? { message: '' }
    if (result.fault) expect(overHttp.fault).toMatchObject(fault)
    else expect(overHttp.reply).toMatchObject({ ...result.reply, text: expectedText(answer, result.reply.text) })
    expect(Object.keys(overHttp)).toEqual(Object.keys(result))
  })

  /** A filter’s words are the adapter’s own. */
  function expectedText(answer: ScriptedAnswer, text: string): unknown {
    return answer.kind === 'moderation' ? expect.stringMatching(/content filter/) : text
  }
})

it('takes its latency on the clock it is given', async () => {
  const script = teacher()
  expect((await sent({ script, latency: { kind: 'fixed', ms: 250 } })).tookMs).toBe(250)
  const { result, tookMs } = await sent({ script: () => ({ kind: 'hang' }), timeoutMs: 700 })
  expect([result.fault?.kind, tookMs]).toEqual(['lost', 700])
  const slow = await sent({ script, latency: { kind: 'fixed', ms: 250 }, timeoutMs: 100 })
  expect([slow.result.fault?.kind, slow.tookMs]).toEqual(['lost', 100])
})

it.each(['reply', 'hang'] as const)('gives up at once when told to, in a %s', async kind => {
  const clock = new VirtualClock(0)
  const script = () => (kind === 'hang' ? { kind } : { kind, value: '' })
  const model = scriptedModel({ script, clock, latency: { kind: 'fixed', ms: 10_000 } })
  const controller = new AbortController()
  const pending = model.send(chat, controller.signal)
  controller.abort()
  expect((await pending).fault?.kind).toBe('lost')
  expect((await model.send(chat, controller.signal)).fault?.kind).toBe('lost')
  expect(clock.now()).toBe(0)
})

it('passes on what a clock throws of itself', async () => {
  const clock = { now: () => 0, sleep: () => Promise.reject(new Error('stopped')), turn: () => Promise.resolve() }
  await expect(scriptedModel({ script: teacher(), clock }).send(chat, never)).rejects.toThrow('stopped')
})

it('remembers its calls, and tells the script how often each came', async () => {
  const seen: number[][] = []
  const clock = new VirtualClock(0)
  const model = scriptedModel({
    clock,
    script: ({ ordinal, repeat }) => {
      seen.push([ordinal, repeat])
      return { kind: 'reply', value: `${ordinal}` }
    },
  })
  const other = { ...chat, temperature: 1 }
  const pending = Promise.all([chat, other, structuredClone(chat)].map(request => model.send(request, never)))
  await clock.run(() => model.calls.every(call => call.endedMs !== null))
  expect(seen).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
  ])
  expect(model.calls.map(call => [call.request, call.result])).toEqual(
    (await pending).map((result, at) => [[chat, other, chat][at], result]),
  )
})

it('embeds', async () => {
  const { result } = await sent({ script: teacher() }, { kind: 'embed', texts: ['red fox', 'red fox', 'blue'] })
  const [a, b, c] = JSON.parse(result.reply!.text) as number[][]
  expect(a).toEqual(b)
  expect(a).not.toEqual(c)
})
