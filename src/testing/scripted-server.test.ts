/** Every fault of a script arrives over HTTP as it is specified, and the server keeps count of all that happens. */
import { setTimeout as pause } from 'node:timers/promises'
import { jsonrepair } from 'jsonrepair'
import { afterEach, describe, expect, it } from 'vitest'
import { flaws, type Script, type ScriptedAnswer } from './script.ts'
import { type ScriptedServer, type ScriptedServerOptions, scriptedServer } from './scripted-server.ts'

const hello = { model: 'm', messages: [{ role: 'user', content: 'Hello, you.' }], max_tokens: 100 }
const say =
  (value: string): Script =>
  () => ({ kind: 'reply', value })

let server: ScriptedServer
afterEach(() => server.close())

async function start(script: Script | ScriptedAnswer, options: Partial<ScriptedServerOptions> = {}) {
  server = await scriptedServer({ script: typeof script === 'function' ? script : () => script, ...options })
  return server
}

function post(body: unknown = hello, init: RequestInit = {}, path = '/chat/completions', base = server.url) {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body), headers, ...init })
}

async function choice(response: Response) {
  const { choices } = (await response.json()) as {
    choices: { message: { content: string | null; refusal: string | null }; finish_reason: string }[]
  }
  return choices[0]!
}

describe('replies', () => {
  it('says a string as it stands and anything else as JSON, with its tokens', async () => {
    await start(say('Good day.'))
    const body = (await (await post()).json()) as object
    expect(body).toMatchObject({
      object: 'chat.completion',
      model: 'm',
      choices: [{ message: { role: 'assistant', content: 'Good day.', refusal: null }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 3, total_tokens: 6 },
    })
    server.setScript(() => ({ kind: 'reply', value: { a: [1] }, usage: { inputTokens: 7, outputTokens: 8 } }))
    const next = await (await post()).json()
    expect(next).toMatchObject({ choices: [{ message: { content: '{"a":[1]}' } }], usage: { total_tokens: 15 } })
    expect(server.counts).toMatchObject({ inputTokens: 10, outputTokens: 11, answered: 2, answers: { reply: 2 } })
  })

  it('keeps to the output limit, as a model must', async () => {
    await start(say('x'.repeat(1000)))
    const { message, finish_reason } = await choice(await post({ ...hello, max_tokens: 5 }))
    expect([message.content!.length, finish_reason]).toEqual([20, 'length'])
  })

  it('breaks off a truncated reply', async () => {
    await start({ kind: 'truncated', value: { text: 'abcdefghij' }, keep: 0.5 })
    const { message, finish_reason } = await choice(await post())
    expect([message.content, finish_reason]).toEqual(['{"text":"a', 'length'])
  })

  it.each(flaws)('spoils JSON so that it does not parse but can be mended: %s', async flaw => {
    const value = { texts: ['It’s "mine", {he} said: [1,]', 'b'], other: { n: 1, none: null } }
    await start({ kind: 'malformed', value, flaw })
    const { message, finish_reason } = await choice(await post())
    expect(finish_reason).toBe('stop')
    expect(() => JSON.parse(message.content!)).toThrow(SyntaxError)
    const inner = /```json\n([\s\S]*)\n```/.exec(message.content!)?.[1] ?? message.content!
    expect(JSON.parse(jsonrepair(inner))).toEqual(value)
  })

  it('declines in `refusal`, and is filtered in `finish_reason` or with Azure’s 400', async () => {
    await start({ kind: 'refusal', text: 'No.' })
    expect(await choice(await post())).toMatchObject({
      message: { content: null, refusal: 'No.' },
      finish_reason: 'stop',
    })
    server.setScript(() => ({ kind: 'moderation' }))
    expect(await choice(await post())).toMatchObject({ message: { content: '' }, finish_reason: 'content_filter' })
    server.setScript(() => ({ kind: 'moderation', of: 'request' }))
    const response = await post()
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'content_filter' } })
  })
})

describe('faults', () => {
  it.each<[ScriptedAnswer, number, object]>([
    [{ kind: 'rate-limit' }, 429, { code: 'rate_limit_exceeded' }],
    [{ kind: 'quota-exhausted' }, 429, { code: 'insufficient_quota', type: 'insufficient_quota' }],
    [{ kind: 'server-error' }, 500, { type: 'server_error' }],
    [{ kind: 'server-error', status: 503 }, 503, { type: 'server_error' }],
    [{ kind: 'bad-request', message: 'Too hot.' }, 400, { message: 'Too hot.', type: 'invalid_request_error' }],
    [{ kind: 'bad-request', status: 413 }, 413, {}],
    [{ kind: 'not-found' }, 404, { code: 'model_not_found' }],
    [{ kind: 'unauthorized', status: 403 }, 403, {}],
  ])('answers %j with status %d', async (answer, status, error) => {
    await start(answer)
    const response = await post()
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBeNull()
    expect(await response.json()).toMatchObject({ error })
    expect(server.counts.answers).toEqual({ [answer.kind]: 1 })
  })

  it('says when to come back', async () => {
    await start({ kind: 'rate-limit', retryAfterS: 120 })
    expect((await post()).headers.get('retry-after')).toBe('120')
  })

  it.each([
    ['plain', 'sk-"a/b\\c'],
    ['escaped', 'sk-\\"a\\/b\\\\c'],
    ['base64', Buffer.from('sk-"a/b\\c').toString('base64')],
  ] as const)('echoes the key in a 401: %s', async (echo, expected) => {
    await start({ kind: 'unauthorized', echo })
    const response = await post(hello, { headers: { authorization: 'Bearer sk-"a/b\\c' } })
    expect(response.status).toBe(401)
    const { error } = (await response.json()) as { error: { message: string } }
    expect(error.message.endsWith(` ${expected}`)).toBe(true)
  })

  it.each([false, true])('resets the connection (in the middle of the reply: %s)', async midReply => {
    await start({ kind: 'reset', midReply })
    await expect(post().then(response => response.text())).rejects.toThrow(TypeError)
    expect(server.counts).toMatchObject({ received: 1, answered: 0, aborted: 0 })
  })

  it.each([false, true])('hangs until the client gives up (in the middle of the reply: %s)', async midReply => {
    await start({ kind: 'hang', midReply })
    const signal = AbortSignal.timeout(60)
    await expect(post(hello, { signal }).then(response => response.text())).rejects.toThrow(/timeout/)
    while (server.counts.inFlight > 0) await pause(1)
    expect(server.counts).toMatchObject({ aborted: 1, answered: 0 })
    expect(server.requests[0]).toMatchObject({ aborted: true, answeredMs: null, answer: 'hang' })
  })

  it('sends the head before it hangs in the middle', async () => {
    await start({ kind: 'hang', midReply: true })
    expect((await post()).status).toBe(200)
  })

  it('gives a page of HTML for garbage', async () => {
    await start({ kind: 'garbage' })
    const response = await post()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html'])
    expect(await response.text()).toMatch(/^<!doctype html>/)
  })

  it('ends hanging connections when it is closed', async () => {
    await start({ kind: 'hang' })
    const hanging = post().then(
      () => 'answered',
      () => 'ended',
    )
    while (server.counts.inFlight === 0) await pause(1)
    await server.close()
    expect(await hanging).toBe('ended')
  })
})

describe('streams', () => {
  async function events(body: object) {
    const text = await (await post(body)).text()
    const lines = text.split('\n\n')
    expect(lines.pop()).toBe('')
    expect(lines.every(line => line.startsWith('data: '))).toBe(true)
    expect(lines.pop()).toBe('data: [DONE]')
    return lines.map(line => JSON.parse(line.slice(6)) as Chunk)
  }
  interface Chunk {
    choices: { delta: { content?: string; refusal?: string }; finish_reason: string | null }[]
    usage?: { total_tokens: number }
  }

  it('sends the reply in pieces that add up, then why it ended, then usage if asked', async () => {
    const text = 'Grüße — “ok” 🙂, said the fox.'
    await start(say(text))
    const chunks = await events({ ...hello, stream: true, stream_options: { include_usage: true } })
    const deltas = chunks.flatMap(chunk => chunk.choices)
    expect(deltas.map(({ delta }) => delta.content ?? '').join('')).toBe(text)
    expect(deltas.filter(({ delta }) => delta.content).length).toBeGreaterThan(3)
    expect(deltas.map(each => each.finish_reason).filter(Boolean)).toEqual(['stop'])
    expect(deltas.at(-1)?.finish_reason).toBe('stop')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 11 } })
    expect((await events({ ...hello, stream: true })).some(chunk => chunk.usage)).toBe(false)
  })

  it('streams refusals, and answers errors without a stream', async () => {
    await start({ kind: 'refusal', text: 'I would rather not.' })
    const deltas = (await events({ ...hello, stream: true })).flatMap(chunk => chunk.choices)
    expect(deltas.map(({ delta }) => delta.refusal ?? '').join('')).toBe('I would rather not.')
    server.setScript(() => ({ kind: 'server-error' }))
    expect((await post({ ...hello, stream: true })).status).toBe(500)
  })
})

describe('the door', () => {
  it('accepts one key, in either header, and echoes another', async () => {
    await start(say('Hi.'), { apiKey: 'right' })
    expect((await post(hello, { headers: { authorization: 'Bearer right' } })).status).toBe(200)
    expect((await post(hello, { headers: { 'api-key': 'right' } })).status).toBe(200)
    const wrong = await post(hello, { headers: { authorization: 'Bearer wrong' } })
    expect(wrong.status).toBe(401)
    expect(await wrong.text()).toContain('wrong')
    expect((await fetch(`${server.url}/models`)).status).toBe(401)
    expect(server.counts.received).toBe(2)
  })

  it('lists its models and serves no other', async () => {
    await start(say('Hi.'), { models: ['m', 'n'] })
    const { data } = (await (await fetch(`${server.url}/models`)).json()) as { data: { id: string }[] }
    expect(data.map(model => model.id)).toEqual(['m', 'n'])
    expect((await post()).status).toBe(200)
    const other = await post({ ...hello, model: 'o' })
    expect([other.status, await other.json()]).toMatchObject([404, { error: { code: 'model_not_found' } }])
  })

  it.each([
    ['schema', [200, 200, 200]],
    ['object', [400, 200, 200]],
    ['prompt', [400, 400, 200]],
  ] as const)('refuses JSON asked for in ways it does not support: %s', async (supports, expected) => {
    await start(say('{}'), { supports })
    const formats = [
      { type: 'json_schema', json_schema: { name: 'r', schema: {} } },
      { type: 'json_object' },
      undefined,
    ]
    const statuses = []
    for (const response_format of formats) statuses.push((await post({ ...hello, response_format })).status)
    expect(statuses).toEqual(expected)
  })

  it('serves paths without /v1 and Azure’s deployments, if they name an api-version', async () => {
    await start(request => ({ kind: 'reply', value: request.model }))
    const base = `http://127.0.0.1:${server.port}`
    expect((await choice(await post(hello, {}, '/chat/completions', base))).message.content).toBe('m')
    const azure = `${base}/openai/deployments/dep-1/chat/completions`
    const versioned = await post({ messages: [] }, {}, '?api-version=2024-10-21', azure)
    expect((await choice(versioned)).message.content).toBe('dep-1')
    expect((await post({ messages: [] }, {}, '', azure)).status).toBe(404)
    expect((await post(hello, {}, '/responses')).status).toBe(404)
    expect((await fetch(`${server.url}/chat/completions`)).status).toBe(404)
  })

  it('answers 400 to what is not JSON', async () => {
    await start(say('Hi.'))
    expect((await post(hello, { body: '{"mess' })).status).toBe(400)
    expect(server.counts.received).toBe(0)
  })
})

it('shows the script all of a request, and how often it came before', async () => {
  const seen: unknown[] = []
  await start(request => {
    seen.push(request)
    return { kind: 'reply', value: '' }
  })
  const schema = { type: 'object', properties: {} }
  const full = {
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo' },
        ],
      },
    ],
    temperature: 0.5,
    max_completion_tokens: 9,
    response_format: { type: 'json_schema', json_schema: { name: 'r', schema } },
  }
  for (const body of [full, hello, full]) await post(body)
  const first = {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ],
    jsonMode: 'schema',
    model: 'm',
    schema,
    temperature: 0.5,
    maxOutputTokens: 9,
  }
  expect(seen).toEqual([
    { ...first, ordinal: 0, repeat: 0 },
    { messages: hello.messages, jsonMode: 'prompt', model: 'm', maxOutputTokens: 100, ordinal: 1, repeat: 0 },
    { ...first, ordinal: 2, repeat: 1 },
  ])
})

it('embeds texts near each other that share words, as numbers or in base64', async () => {
  await start(say(''))
  const input = ['the red fox jumps', 'The red fox sleeps', 'unrelated invoice printing']
  type Embeddings<T> = { data: { embedding: T; index: number }[]; usage: { prompt_tokens: number } }
  const { data, usage } = (await (await post({ model: 'e', input }, {}, '/embeddings')).json()) as Embeddings<number[]>
  const [a, b, c] = data.map(each => each.embedding) as [number[], number[], number[]]
  const dot = (x: number[], y: number[]) => x.reduce((sum, each, at) => sum + each * y[at]!, 0)
  expect(dot(a, a)).toBeCloseTo(1)
  expect(dot(a, b)).toBeGreaterThan(0.5)
  expect(dot(a, c)).toBeLessThan(0.3)
  expect(usage.prompt_tokens).toBeGreaterThan(0)
  const packed = (await (
    await post({ model: 'e', input: input[0], encoding_format: 'base64' }, {}, '/embeddings')
  ).json()) as Embeddings<string>
  const bytes = Buffer.from(packed.data[0]!.embedding, 'base64')
  expect([...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)]).toEqual([...Float32Array.from(a)])
})

it('takes the latency asked for, side by side, and reports how many were in flight', async () => {
  await start(say('Hi.'), { latency: { kind: 'fixed', ms: 250 } })
  const startMs = performance.now()
  await Promise.all(Array.from({ length: 20 }, () => post().then(response => response.text())))
  const tookMs = performance.now() - startMs
  expect(tookMs).toBeGreaterThan(248)
  expect(tookMs).toBeLessThan(2500)
  expect(server.counts.maxInFlight).toBe(20)
  for (const { receivedMs, answeredMs } of server.requests) expect(answeredMs! - receivedMs).toBeGreaterThan(248)
})

it('retains no requests if told not to, but counts them', async () => {
  await start(say('Hi.'), { retain: false })
  await (await post()).text()
  expect(server.requests).toEqual([])
  expect(server.counts).toMatchObject({ received: 1, answered: 1 })
})
