/** Tests of what goes over the wire for each kind of provider and JSON mode, and what comes back as a reply. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type ProviderInput, provider, type ServiceKind } from '../model/provider.ts'
import type { ChatRequest, EmbedRequest, JsonMode, Reply } from '../model/request.ts'
import type { ConnectionOptions } from './connection.ts'
import { createLanguageModel } from './language-model.ts'

// biome-ignore lint/suspicious/noExplicitAny: bodies of five dialects
type Body = any
interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Body
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serving(answer: (received: Received) => unknown, status = 200) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const entry = { method: request.method!, path: request.url!, headers: request.headers, body: JSON.parse(text) }
    received.push(entry)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer(entry)))
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

function model(settings: Partial<ProviderInput>, options: Partial<ConnectionOptions> & { jsonMode?: JsonMode } = {}) {
  const settled = provider.parse({ name: 'p', kind: 'openai-compatible', model: 'm', ...settings })
  return createLanguageModel(settled, { environment: {}, apiKey: 'sk-123456', ...options })
}

const idle = new AbortController().signal
const chat: ChatRequest = {
  kind: 'chat',
  messages: [
    { role: 'system', content: 'Be short.' },
    { role: 'user', content: 'Hello?' },
  ],
  temperature: 0.7,
  maxOutputTokens: 64,
}
const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }
const openaiReply = (message: object, more: object = {}) => ({
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: 'stop', ...more }],
  usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
})
const anthropicReply = (more: object = {}) => ({
  ...{ type: 'message', id: 'x', model: 'm', role: 'assistant', content: [{ type: 'text', text: 'Hi.' }] },
  ...{ stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 11, output_tokens: 5 } },
  ...more,
})
const googleReply = (candidate: object = {}) => ({
  candidates: [{ content: { role: 'model', parts: [{ text: 'Hi.' }] }, finishReason: 'STOP', ...candidate }],
  usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 5, totalTokenCount: 16 },
})
const replies: Record<ServiceKind, object> = {
  openai: openaiReply({ content: 'Hi.' }),
  azure: openaiReply({ content: 'Hi.' }),
  'openai-compatible': openaiReply({ content: 'Hi.' }),
  anthropic: anthropicReply(),
  google: googleReply(),
}

/** Kind, endpoint (after the origin), path of the request, header of the key, field of the output limit. */
const dialects: [ServiceKind, string, string, string, string][] = [
  ['openai', '', '/v1/chat/completions', 'authorization', 'max_tokens'],
  ['openai', '/v1/chat/completions', '/v1/chat/completions', 'authorization', 'max_tokens'],
  ['openai-compatible', '/v1', '/v1/chat/completions', 'authorization', 'max_tokens'],
  ['openai-compatible', '/v1/', '/v1/chat/completions', 'authorization', 'max_tokens'],
  ['openai-compatible', '/api/v1/chat/completions', '/api/v1/chat/completions', 'authorization', 'max_tokens'],
  ['openai-compatible', '/chat/completions?team=blue', '/chat/completions?team=blue', 'authorization', 'max_tokens'],
  [
    'azure',
    '/openai/deployments/my%20gpt/chat/completions?api-version=2024-02-15-preview',
    '/openai/deployments/my%20gpt/chat/completions?api-version=2024-02-15-preview',
    'api-key',
    'max_tokens',
  ],
  [
    'azure',
    '/openai?api-version=2024-06-01',
    '/openai/deployments/m/chat/completions?api-version=2024-06-01',
    'api-key',
    'max_tokens',
  ],
  ['azure', '/openai/v1', '/openai/v1/chat/completions', 'api-key', 'max_tokens'],
  ['anthropic', '', '/v1/messages', 'x-api-key', 'max_tokens'],
  ['anthropic', '/v1/messages', '/v1/messages', 'x-api-key', 'max_tokens'],
  ['google', '', '/v1beta/models/m:generateContent', 'x-goog-api-key', 'maxOutputTokens'],
]
it.each(dialects)('speaks to %s at “%s” in its own dialect', async (kind, endpoint, path, header, limit) => {
  const { origin, received } = await serving(() => replies[kind])
  const { reply } = await model({ kind, endpoint: origin + endpoint, headers: { 'X-Team': 'blue' } }).send(chat, idle)
  expect(reply).toEqual({ text: 'Hi.', finish: 'stop', inputTokens: 11, outputTokens: 5 } satisfies Reply)
  const [{ method, path: asked, headers, body }] = received as [Received]
  expect([method, decodeURI(asked)]).toEqual(['POST', decodeURI(path)])
  expect(headers[header]).toBe(header === 'authorization' ? 'Bearer sk-123456' : 'sk-123456')
  expect(headers['x-team']).toBe('blue')
  const settings = kind === 'google' ? body.generationConfig : body
  expect(settings).toMatchObject({ [limit]: 64, temperature: 0.7 })
  expect(JSON.stringify(body)).toContain('Be short.')
})

it.each(dialects)('sends no temperature to %s at “%s” if it takes none', async (kind, endpoint, _, __, limit) => {
  const { origin, received } = await serving(() => replies[kind])
  const { reply } = await model({ kind, endpoint: origin + endpoint, temperature: false }).send(chat, idle)
  expect(reply?.text).toBe('Hi.')
  const body = JSON.stringify(received[0]!.body)
  expect(body).not.toContain('temperature')
  expect(body).toContain(
    `"${limit === 'max_tokens' && /^(openai|azure)$/.test(kind) ? 'max_completion_tokens' : limit}":64`,
  )
})

it('takes a key from the variable that the provider names, sends no empty one, and prefers the user’s own headers', async () => {
  const { origin, received } = await serving(() => replies.openai)
  const environment = { MY_KEY: ' sk-from-env\n' }
  for (const kind of ['openai', 'openai-compatible'] as const) {
    const endpoint = `${origin}/v1`
    await createLanguageModel(provider.parse({ name: 'p', kind, model: 'm', endpoint, apiKeyEnv: 'MY_KEY' }), {
      environment,
    }).send(chat, idle)
    await model({ kind, endpoint }, { apiKey: '' }).send(chat, idle)
    await model({ kind, endpoint, headers: { Authorization: 'Bearer other' } }).send(chat, idle)
    await model({ kind, endpoint: endpoint.replace('//', '//anna:pa%20ss@') }, { apiKey: '' }).send(chat, idle)
  }
  const basic = `Basic ${Buffer.from('anna:pa ss').toString('base64')}`
  const each = ['Bearer sk-from-env', undefined, 'Bearer other', basic]
  expect(received.map(({ headers }) => headers.authorization)).toEqual([...each, ...each])
})

it('asks for JSON by schema, by JSON mode with the schema in words, or by words alone', async () => {
  const { origin, received } = await serving(() => openaiReply({ content: '{"a":"b"}' }))
  for (const kind of ['openai', 'azure', 'openai-compatible'] as const) {
    for (const jsonMode of ['schema', 'object', 'prompt'] as const) {
      const one = model({ kind, endpoint: `${origin}/v1` }, { jsonMode })
      expect(one.jsonMode).toBe(jsonMode)
      expect((await one.send({ ...chat, schema }, idle)).reply?.text).toBe('{"a":"b"}')
    }
    const bodies = received.splice(0).map(({ body }) => body)
    expect(bodies[0].response_format).toMatchObject({ type: 'json_schema', json_schema: { schema, strict: false } })
    expect(bodies[1].response_format).toEqual({ type: 'json_object' })
    expect(bodies[2]).not.toHaveProperty('response_format')
    const systems = bodies.map(body => body.messages.filter((message: Body) => message.role === 'system'))
    expect(systems.map(messages => messages.length)).toEqual([1, 1, 1])
    expect(systems[0]![0].content).toBe('Be short.')
    for (const messages of systems.slice(1)) {
      expect(messages[0].content).toContain('Be short.')
      expect(messages[0].content).toContain(JSON.stringify(schema))
    }
  }
})

it('tells a schema in a system message of its own where there is none, and in words where its root is no object', async () => {
  const { origin, received } = await serving(() => openaiReply({ content: '[]' }))
  const messages = chat.messages.slice(1)
  await model({ endpoint: `${origin}/v1` }, { jsonMode: 'object' }).send({ ...chat, messages, schema }, idle)
  await model({ endpoint: `${origin}/v1` }, { jsonMode: 'schema' }).send({ ...chat, schema: { type: 'array' } }, idle)
  expect(received[0]!.body.messages.map((message: Body) => message.role)).toEqual(['system', 'user'])
  expect(received[1]!.body).not.toHaveProperty('response_format')
  expect(received[1]!.body.messages[0].content).toContain('{"type":"array"}')
})

it('gives Google and Anthropic the schema, too', async () => {
  const google = await serving(() => googleReply())
  await model({ kind: 'google', endpoint: google.origin }, { jsonMode: 'schema' }).send({ ...chat, schema }, idle)
  expect(google.received[0]!.body.generationConfig).toMatchObject({ responseMimeType: 'application/json' })
  expect(JSON.stringify(google.received[0]!.body.generationConfig)).toContain('"required":["a"]')
  const tool = { type: 'tool_use', id: 't', name: 'json', input: { a: 'b' } }
  const anthropic = await serving(() => anthropicReply({ content: [tool], stop_reason: 'tool_use' }))
  const one = model({ kind: 'anthropic', endpoint: anthropic.origin }, { jsonMode: 'schema' })
  expect((await one.send({ ...chat, schema }, idle)).reply).toMatchObject({ text: '{"a":"b"}', finish: 'stop' })
  expect(JSON.stringify(anthropic.received[0]!.body)).toContain('"required":["a"]')
})

const filtered = {
  error: { message: 'Filtered.', code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } },
}
it.each<[string, ServiceKind, object, number, RegExp]>([
  ['message.refusal', 'openai', openaiReply({ refusal: 'I cannot.' }), 200, /^I cannot\.$/],
  ['message.refusal', 'openai-compatible', openaiReply({ refusal: 'I cannot.' }), 200, /^I cannot\.$/],
  ['message.refusal', 'azure', openaiReply({ refusal: 'I cannot.' }), 200, /^I cannot\.$/],
  [
    'finish_reason content_filter',
    'openai',
    openaiReply({ content: 'Once' }, { finish_reason: 'content_filter' }),
    200,
    /content_filter.*Once/,
  ],
  [
    'finish_reason content_filter',
    'openai-compatible',
    openaiReply({}, { finish_reason: 'content_filter' }),
    200,
    /filter stopped the reply/,
  ],
  ['status 400 with content_filter', 'azure', filtered, 400, /filter refused the request: Filtered\./],
  ['stop_reason refusal', 'anthropic', anthropicReply({ content: [], stop_reason: 'refusal' }), 200, /refusal/],
  ['a SAFETY stop', 'google', googleReply({ content: { parts: [] }, finishReason: 'SAFETY' }), 200, /SAFETY/],
  ['a blocked prompt', 'google', { promptFeedback: { blockReason: 'SAFETY' } }, 200, /SAFETY/],
])('takes %s from %s for a refusal that says why', async (_, kind, answer, status, why) => {
  const { origin } = await serving(() => answer, status)
  const { reply } = await model({ kind, endpoint: `${origin}${kind === 'azure' ? '/openai/v1' : ''}` }).send(chat, idle)
  expect(reply).toMatchObject({ finish: 'refused', text: expect.stringMatching(why) })
  expect(reply!.inputTokens).toBeGreaterThan(0)
})

it.each<[ServiceKind, object]>([
  ['openai-compatible', openaiReply({ content: 'Hi' }, { finish_reason: 'length' })],
  ['anthropic', anthropicReply({ stop_reason: 'max_tokens' })],
  ['google', googleReply({ finishReason: 'MAX_TOKENS' })],
])('says when the output limit cut a reply of %s', async (kind, answer) => {
  const { origin } = await serving(() => answer)
  expect((await model({ kind, endpoint: origin }).send(chat, idle)).reply?.finish).toBe('length')
})

it('estimates tokens from UTF-8 bytes where the server counts none', async () => {
  const uncounted = [{}, { usage: null }, { usage: {} }, { usage: { prompt_tokens: 0, completion_tokens: 0 } }]
  for (const usage of uncounted) {
    const { origin } = await serving(() => ({ ...openaiReply({ content: 'Grüße!!' }), usage: undefined, ...usage }))
    const { reply } = await model({ endpoint: `${origin}/v1` }).send(chat, idle)
    expect(reply).toMatchObject({
      inputTokens: Math.ceil('Be short.Hello?'.length / 4),
      outputTokens: Math.ceil(9 / 4),
    })
  }
})

it('embeds texts in batches, in order, and counts what it must estimate', async () => {
  const { origin, received } = await serving(({ body }) => ({
    data: body.input.map((text: string, index: number) => ({ index, embedding: [text.length, 0.5] })),
  }))
  const texts = Array.from({ length: 250 }, (_, i) => 'x'.repeat(i + 1)).concat('y'.repeat(250_000), '')
  const request: EmbedRequest = { kind: 'embed', texts }
  const { reply } = await model({ endpoint: `${origin}/v1` }).send(request, idle)
  expect(JSON.parse(reply!.text)).toEqual(texts.map(text => [text.length, 0.5]))
  expect(received.flatMap(({ body }) => body.input)).toEqual(texts)
  expect(received.length).toBeGreaterThan(2)
  expect(Math.max(...received.map(({ body }) => body.input.length))).toBeLessThanOrEqual(100)
  expect(reply!.inputTokens).toBeGreaterThan(70_000)
  expect((await model({ kind: 'anthropic', endpoint: origin }).send(request, idle)).fault).toMatchObject({
    kind: 'account',
  })
})

it('takes a wrong number of vectors for transient', async () => {
  const { origin } = await serving(() => ({ data: [{ index: 0, embedding: [1] }] }))
  const { fault } = await model({ endpoint: `${origin}/v1` }).send({ kind: 'embed', texts: ['a', 'b'] }, idle)
  expect(fault).toMatchObject({ kind: 'transient', message: expect.stringContaining('1 vectors came for 2 texts') })
})

it('answers 100 calls at once, each with its own reply', async () => {
  const { origin } = await serving(({ body }) => openaiReply({ content: body.messages[0].content }))
  const one = model({ endpoint: `${origin}/v1` })
  const asked = Array.from({ length: 100 }, (_, i) => `text ${i}`)
  const results = await Promise.all(
    asked.map(content => one.send({ ...chat, messages: [{ role: 'user', content }] }, idle)),
  )
  expect(results.map(({ reply }) => reply?.text)).toEqual(asked)
})

it('describes itself without secrets', () => {
  const one = model({
    endpoint: 'https://anna:hunter22@gate.example/v1/chat/completions?key=abcdefg',
    ...{ concurrency: 3, rpm: 60, inputUsdPerMillion: 0.28, outputUsdPerMillion: 1.2345 },
  })
  expect(one).toMatchObject({
    ...{ name: 'p', kind: 'openai-compatible', model: 'm', jsonMode: 'prompt', loopback: false },
    endpoint: 'https://gate.example/v1',
    limits: { concurrency: 3, rpm: 60 },
    price: { input: 280, output: 1235 },
  })
  expect(JSON.stringify(one)).not.toMatch(/hunter22|abcdefg|sk-123456/)
  expect(model({ endpoint: 'http://localhost:1/v1' })).not.toHaveProperty('price')
  expect(model({ endpoint: 'http://localhost:1/v1' }).loopback).toBe(true)
  expect(
    model({
      kind: 'azure',
      endpoint: 'https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1',
    }),
  ).toMatchObject({ endpoint: 'https://r.openai.azure.com/openai?api-version=1', model: 'd' })
  expect(model({ kind: 'openai' })).toMatchObject({ endpoint: 'https://api.openai.com/v1', loopback: false })
})

it.each<[string, Partial<ProviderInput>, string?]>([
  ['no endpoint', { kind: 'azure' }],
  ['no model', { model: undefined, endpoint: 'http://127.0.0.1/v1' }],
  ['an endpoint that is not HTTP', { endpoint: 'ftp://127.0.0.1/v1' }],
  ['a variable that is not set', { apiKeyEnv: 'NOT_SET', endpoint: 'http://127.0.0.1/v1' }],
  ['a header that cannot be sent', { headers: { 'X-A': 'a\nb' }, endpoint: 'http://127.0.0.1/v1' }],
  ['a key with typographic quotes', { endpoint: 'http://127.0.0.1/v1' }, '“sk-123456”'],
])('refuses %s with a hint, before anything is sent', (_, settings, apiKey) => {
  const create = () => model(settings, settings.apiKeyEnv ? { apiKey: undefined } : apiKey ? { apiKey } : {})
  expect(create).toThrow(expect.objectContaining({ code: 'bad-input', hint: expect.stringMatching(/.{10}/) }))
  expect(create).not.toThrow(/sk-123456/)
})
