/** Tests of what each answer and each broken connection means, over real HTTP on loopback. */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type ProviderInput, provider } from '../model/provider.ts'
import type { Fault } from '../model/request.ts'
import { createLanguageModel } from './language-model.ts'

const key = 'sk-Zq9/x+Y7"w'
const request = {
  kind: 'chat' as const,
  messages: [{ role: 'user' as const, content: 'Say hello.' }],
  maxOutputTokens: 50,
}
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

function send(endpoint: string, settings: Partial<ProviderInput> = {}, signal = new AbortController().signal) {
  const settled = provider.parse({ name: 'p', kind: 'openai-compatible', model: 'm', endpoint, ...settings })
  return createLanguageModel(settled, { apiKey: key, environment: {} }).send(request, signal)
}

function answering(status: number, body: unknown, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

const failing = (message: string, more: object = {}) => ({ error: { message, ...more } })

it.each<[number, Fault['kind']]>([
  [301, 'account'],
  [307, 'account'],
  [400, 'request'],
  [413, 'request'],
  [422, 'request'],
  [401, 'account'],
  [402, 'quota'],
  [403, 'account'],
  [404, 'account'],
  [405, 'request'],
  [406, 'request'],
  [418, 'request'],
  [451, 'request'],
  [408, 'transient'],
  [409, 'transient'],
  [425, 'transient'],
  [429, 'rate-limit'],
  [500, 'transient'],
  [502, 'transient'],
  [503, 'transient'],
  [504, 'transient'],
  [529, 'transient'],
])('takes status %i for a fault of kind %s, with the server’s own words', async (status, kind) => {
  const { fault } = await send(await serving(answering(status, failing('Because of reasons'))))
  expect(fault).toMatchObject({ kind, status })
  expect(fault!.message).toContain(status < 400 ? 'another address' : 'Because of reasons')
})

it.each<[string, unknown, Fault['kind'], Record<string, string>?, number?]>([
  ['insufficient_quota', failing('Slow down', { code: 'insufficient_quota' }), 'quota'],
  [
    'insufficient_quota with a Retry-After',
    failing('No', { type: 'insufficient_quota' }),
    'quota',
    { 'retry-after': '1' },
  ],
  [
    'an exhausted quota in words',
    failing('You exceeded your current quota, please check your plan and billing details.'),
    'quota',
  ],
  [
    'quota words with a time to come back',
    { error: { message: 'You exceeded your current quota, see billing', details: [{ retryDelay: '7s' }] } },
    'rate-limit',
  ],
  [
    'a daily quota',
    { error: { message: 'x', details: [{ quotaId: 'RequestsPerDay' }, { retryDelay: '7s' }] } },
    'quota',
  ],
  [
    'a rate limit that names a page on quotas',
    failing('Exceeded token rate limit. See https://aka.ms/quota increase'),
    'rate-limit',
  ],
  ['no credit left', failing('Your credit balance is too low to access the API.'), 'quota', {}, 400],
  ['billing in a refused request', failing('Bad text: "my billing account is out of credit"'), 'request', {}, 400],
  [
    'a key that Google does not know',
    failing('API key not valid', { details: [{ reason: 'API_KEY_INVALID' }] }),
    'account',
    {},
    400,
  ],
])('tells quota, rate limit, account and request apart: %s', async (_, body, kind, headers = {}, status = 429) => {
  expect((await send(await serving(answering(status, body, headers)))).fault?.kind).toBe(kind)
})

it('passes on how long to wait', async () => {
  const limited = await send(await serving(answering(429, failing('slow'), { 'retry-after': '120' })))
  expect(limited.fault).toMatchObject({ kind: 'rate-limit', retryAfterMs: 120_000 })
  const busy = await send(await serving(answering(503, failing('busy'), { 'retry-after-ms': '70' })))
  expect(busy.fault).toMatchObject({ kind: 'transient', retryAfterMs: 70 })
  const at = new Date(Date.now() + 60_000).toUTCString()
  const dated = await send(await serving(answering(429, failing('slow'), { 'retry-after': at })))
  expect(dated.fault!.retryAfterMs).toBeGreaterThan(55_000)
  expect(dated.fault!.retryAfterMs).toBeLessThanOrEqual(60_000)
})

it.each<[string, string]>([
  ['a page of HTML', '<html><body>Sign in</body></html>'],
  ['cut JSON', '{"choices":[{"message":{"content":"he'],
  ['JSON of another kind', '{"ok":true}'],
  ['no choices', '{"choices":[]}'],
  ['nothing', ''],
])('takes %s with status 200 for transient', async (_, body) => {
  expect((await send(await serving(answering(200, body)))).fault).toMatchObject({ kind: 'transient', status: 200 })
})

it('reads the server’s words in whatever form they come', async () => {
  const said = async (body: unknown) => (await send(await serving(answering(500, body)))).fault!.message
  expect(await said({ error: 'model not loaded' })).toBe('model not loaded')
  expect(await said({ detail: [{ msg: 'field required' }] })).toBe('field required')
  expect(await said({ message: 'overloaded' })).toBe('overloaded')
  expect(await said('<html><style>p{}</style><h1>502 Bad\n Gateway</h1></html>')).toBe('502 Bad Gateway')
  expect(await said('')).toBe('The server answered 500 without a word.')
  expect((await said('word '.repeat(10_000))).length).toBeLessThan(500)
})

const broken: [string, Fault['kind'], (response: ServerResponse) => void][] = [
  ['a connection reset before the reply', 'lost', response => response.socket!.resetAndDestroy()],
  ['a connection closed before the reply', 'lost', response => response.socket!.destroy()],
  [
    'a connection reset in the middle of the reply',
    'lost',
    response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"choices":', () => setTimeout(() => response.socket?.resetAndDestroy(), 20))
    },
  ],
  [
    'a chunked reply that ends too early',
    'lost',
    response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"choices":', () => setTimeout(() => response.socket?.destroy(), 20))
    },
  ],
  ['an answer that is not HTTP', 'lost', response => response.socket!.end('SSH-2.0-OpenSSH_9.6\r\n')],
  [
    'a server error whose body breaks off',
    'transient',
    response => {
      response.writeHead(500, { 'content-length': '1000' })
      response.write('oops', () => setTimeout(() => response.socket?.destroy(), 20))
    },
  ],
]
it.each(broken)('takes %s for %s', async (_, kind, answer) => {
  const { fault } = await send(await serving((_, response) => answer(response)))
  expect(fault).toMatchObject({ kind })
})

it.each([
  ['that never answers', () => undefined],
  [
    'that stops in the middle of its reply',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"choices":')
    },
  ],
])('gives up on a server %s after timeoutMs, as lost', async (_, answer) => {
  const started = performance.now()
  const { fault } = await send(await serving((_, response) => answer(response)), { timeoutMs: 200 })
  expect(fault).toEqual({ kind: 'lost', message: 'No reply within 0.2 s (the provider’s timeoutMs).' })
  expect(performance.now() - started).toBeGreaterThan(190)
  expect(performance.now() - started).toBeLessThan(2_000)
})

it('takes a refused connection and an unknown host for transient: nothing was served', async () => {
  const endpoint = await serving(() => undefined)
  servers.pop()!.close()
  expect((await send(endpoint)).fault).toEqual({
    kind: 'transient',
    message: `Cannot connect to ${endpoint}: nothing listens there.`,
  })
  expect((await send('http://no-such-host.invalid/v1')).fault).toMatchObject({ kind: 'transient' })
})

it('takes a server that speaks no TLS for a wrong setting', async () => {
  const endpoint = (await serving(() => undefined)).replace('http:', 'https:')
  expect((await send(endpoint)).fault).toMatchObject({
    kind: 'account',
    message: expect.stringContaining('is it https'),
  })
})

it('stops at once when the caller aborts, and sends nothing when it has aborted before', async () => {
  let requests = 0
  const endpoint = await serving(() => requests++)
  await send(endpoint, { timeoutMs: 100 })
  const stopping = new AbortController()
  const pending = Promise.all(Array.from({ length: 100 }, () => send(endpoint, {}, stopping.signal)))
  while (requests < 101) await new Promise(resolve => setTimeout(resolve, 5))
  const started = performance.now()
  stopping.abort()
  const results = await pending
  expect(performance.now() - started).toBeLessThan(500)
  expect(results.every(({ fault }) => fault?.kind === 'lost')).toBe(true)
  expect((await send(endpoint, {}, stopping.signal)).fault?.kind).toBe('lost')
  expect(requests).toBe(101)
})

const echoes: [string, (text: string) => string][] = [
  ['plainly', text => text],
  ['escaped in JSON', text => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
  ['in base64', text => Buffer.from(text).toString('base64')],
  ['in the base64 of its header', text => Buffer.from(`authorization: Bearer ${text}\r\n`).toString('base64url')],
  ['percent-encoded', text => encodeURIComponent(text)],
]
it.each(echoes)('never lets out a key that the server echoes %s', async (_, write) => {
  const secretHeader = 'tok-5/<aB>"cd9+efgh'
  for (const echoed of [key, secretHeader]) {
    for (const status of [200, 401, 500]) {
      const listener = answering(status, failing(`${'x'.repeat(300)} Bearer ${write(echoed)} is wrong`))
      const result = await send(await serving(listener), { headers: { 'X-Gateway-Token': secretHeader } })
      const text = JSON.stringify(result)
      for (const [, other] of echoes) expect(text).not.toContain(other(echoed).slice(-12, -4))
      expect(result.fault!.message).toContain('Bearer')
    }
  }
})

it('never lets out parts of a key that looks like markup', async () => {
  const headers = { 'X-Gateway-Token': 'tok-5/<aB>cd9+efgh' }
  const { fault } = await send(await serving(answering(502, 'No: tok-5/<aB>cd9+efgh!')), { headers })
  expect(fault!.message).toBe('No: «secret»!')
})

it('never lets out a key that a reply repeats', async () => {
  const message = { role: 'assistant', content: `{"text":"${JSON.stringify(key).slice(1, -1)}"}` }
  const { reply } = await send(await serving(answering(200, { choices: [{ message, finish_reason: 'stop' }] })))
  expect(reply!.text).toBe('{"text":"«secret»"}')
})

it('follows no redirect, so that neither text nor key reaches another host', async () => {
  let reached = 0
  const elsewhere = await serving((_, response) => response.end(String(reached++)))
  for (const status of [301, 302, 303, 307, 308]) {
    const { fault } = await send(await serving(answering(status, '', { location: `${elsewhere}/chat/completions` })))
    expect(fault).toMatchObject({ kind: 'account', message: expect.stringContaining(elsewhere) })
  }
  expect(reached).toBe(0)
})
