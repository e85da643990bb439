/** Tests of checking, probing, listing and finding providers. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type ProviderInput, provider } from '../model/provider.ts'
import { checkProvider } from './check.ts'
import { detectProviders } from './detect.ts'
import { providerFromEnvironment } from './environment-provider.ts'
import { listModels } from './list-models.ts'
import { probeJsonMode } from './probe-json-mode.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const obedient = '{"colour":"teal","number":4}'
const prose = 'I would take teal, and 4.'

/** How a server of this test is: by default an OpenAI-compatible one that keeps to schemas. */
interface Manners {
  models?: string[] | null
  key?: string
  /** What it says to each way of asking; a number is a status. */
  schema?: string | number
  object?: string | number
  words?: string | number
  embeds?: boolean
}

async function serving({ models = ['big', 'small'], key, embeds, ...said }: Manners = {}) {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    asked.push(`${request.method} ${request.url}`)
    if (key && request.headers.authorization !== `Bearer ${key}`) return json(response, 401, failing('Wrong key'))
    if (request.method === 'GET') {
      return models ? json(response, 200, { data: models.map(id => ({ id })) }) : json(response, 404, failing('No'))
    }
    const body = JSON.parse(text)
    if (models && !models.includes(body.model)) return json(response, 404, failing('Unknown model'))
    if (request.url?.endsWith('/embeddings')) {
      return embeds ? json(response, 200, { data: [{ index: 0, embedding: [1] }] }) : json(response, 404, failing('No'))
    }
    const type = body.response_format?.type
    const answer =
      type === 'json_schema' ? (said.schema ?? obedient) : type ? (said.object ?? obedient) : (said.words ?? obedient)
    if (typeof answer === 'number') return json(response, answer, failing('Not supported'))
    const message = { role: 'assistant', content: answer }
    return json(response, 200, { choices: [{ message, finish_reason: 'stop' }] })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked }
}

const failing = (message: string) => ({ error: { message } })
function json(response: ServerResponse, status: number, value: object) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function nowhere() {
  const { endpoint } = await serving()
  await new Promise(resolve => servers.pop()!.close(resolve))
  return endpoint
}

const settings = (more: Partial<ProviderInput>) => provider.parse({ name: 'p', kind: 'openai-compatible', ...more })
const options = { environment: {}, apiKey: 'sk-123456' }

describe('probeJsonMode', () => {
  it.each<[string, Manners, string, number]>([
    ['a server that keeps to schemas', {}, 'schema', 1],
    ['one that refuses schemas', { schema: 400 }, 'object', 2],
    ['one that fails on schemas', { schema: 500 }, 'object', 2],
    ['one that ignores schemas', { schema: prose }, 'object', 2],
    ['one that answers JSON of another shape', { schema: '{"colour":"red","number":4}' }, 'object', 2],
    ['one that refuses response formats', { schema: 400, object: 400 }, 'prompt', 3],
    ['one that fences its JSON', { schema: prose, object: `\`\`\`json\n${obedient}\n\`\`\`` }, 'prompt', 3],
    ['one that only chats', { schema: prose, object: prose, words: prose }, 'prompt', 3],
  ])('finds the best mode of %s', async (_, manners, jsonMode, calls) => {
    const { endpoint, asked } = await serving(manners)
    const probe = await probeJsonMode(settings({ endpoint, model: 'big' }), options)
    expect(probe).toEqual({ jsonMode, latencyMs: expect.any(Number) })
    expect(asked.length).toBe(calls)
  })

  it('tries only the mode that the provider sets', async () => {
    const { endpoint, asked } = await serving({ words: prose })
    const probe = await probeJsonMode(settings({ endpoint, model: 'big', jsonMode: 'prompt' }), options)
    expect(probe).toMatchObject({ jsonMode: 'prompt' })
    expect(asked.length).toBe(1)
  })

  it('concludes nothing from a rate limit or a wrong key', async () => {
    const limited = await serving({ schema: 429 })
    expect(await probeJsonMode(settings({ endpoint: limited.endpoint, model: 'big' }), options)).toMatchObject({
      fault: { kind: 'rate-limit' },
    })
    expect(limited.asked.length).toBe(1)
  })
})

describe('checkProvider', () => {
  const check = (more: Partial<ProviderInput>) => checkProvider(settings(more), options)

  it('says that all is well, with model, JSON mode and latency', async () => {
    const { endpoint } = await serving({ key: 'sk-123456' })
    expect(await check({ endpoint, model: 'small' })).toEqual({
      ...{ ok: true, endpoint, reachable: true, authorised: true, model: 'small', modelExists: true },
      ...{ models: ['big', 'small'], serves: 'chat', jsonMode: 'schema', latencyMs: expect.any(Number) },
      message: expect.stringContaining('small'),
      hint: expect.any(String),
    })
  })

  it('takes the first model listed if none is set', async () => {
    const { endpoint } = await serving()
    expect(await check({ endpoint })).toMatchObject({ ok: true, model: 'big' })
  })

  it('does without a list of models', async () => {
    const { endpoint } = await serving({ models: null })
    expect(await check({ endpoint, model: 'any' })).toMatchObject({ ok: true, models: [] })
    expect(await check({ endpoint })).toMatchObject({
      ok: false,
      model: null,
      hint: expect.stringContaining('which one'),
    })
  })

  it('tells a server that is not there from a key that is wrong and a model that is not there', async () => {
    expect(await check({ endpoint: await nowhere(), model: 'm' })).toMatchObject({
      ...{ ok: false, reachable: false, authorised: null, message: expect.stringContaining('nothing listens there') },
      hint: expect.stringContaining('running'),
    })
    const locked = await serving({ key: 'other-key' })
    expect(await check({ endpoint: locked.endpoint, model: 'big' })).toMatchObject({
      ...{ ok: false, reachable: true, authorised: false, message: 'Wrong key', hint: expect.stringContaining('key') },
    })
    const open = await serving()
    expect(await check({ endpoint: open.endpoint, model: 'smal' })).toMatchObject({
      ...{ ok: false, reachable: true, modelExists: false, hint: 'Did you mean “small”?' },
    })
  })

  it('knows a model that only embeds', async () => {
    const { endpoint } = await serving({ schema: 400, object: 400, words: 400, embeds: true })
    expect(await check({ endpoint, model: 'big' })).toMatchObject({ ok: true, serves: 'embeddings', jsonMode: null })
  })

  it('says where the server failed', async () => {
    const limited = await serving({ schema: 429 })
    expect(await check({ endpoint: limited.endpoint })).toMatchObject({
      ok: false,
      hint: expect.stringContaining('wait'),
    })
    const failed = await serving({ schema: 500, object: 500, words: 500 })
    expect(await check({ endpoint: failed.endpoint })).toMatchObject({ ok: false, message: 'Not supported' })
  })
})

describe('listModels', () => {
  it('reads the lists of OpenAI, Anthropic and Google, and knows that Azure has none', async () => {
    const { endpoint, asked } = await serving()
    for (const kind of ['openai', 'openai-compatible', 'anthropic'] as const) {
      expect(await listModels(settings({ kind, endpoint }), options)).toEqual({ models: ['big', 'small'] })
    }
    expect(asked).toEqual(['GET /v1/models', 'GET /v1/models', 'GET /v1/models?limit=1000'])
    const fetch = async () => Response.json({ models: [{ name: 'models/gemini-x' }] })
    expect(await listModels(settings({ kind: 'google' }), { ...options, fetch })).toEqual({ models: ['gemini-x'] })
    const azure = settings({ kind: 'azure', endpoint: 'https://r.openai.azure.com' })
    expect((await listModels(azure, options)).fault?.kind).toBe('request')
  })

  it.each(['<html>', '{"data":"none"}', '[]', 'null'])('takes %s for no list', async body => {
    const fetch = async () => new Response(body)
    const listing = await listModels(settings({ endpoint: 'http://127.0.0.1/v1' }), { ...options, fetch })
    expect(listing.fault).toMatchObject({ kind: 'request' })
  })
})

describe('detectProviders', () => {
  it('finds those that list models, in order, and waits for nobody longer than half a second', async () => {
    const one = await serving({ models: ['a'] })
    const two = await serving({ models: ['b', 'c'] })
    const page = await serving({ models: null })
    const deaf = createServer(() => undefined)
    servers.push(deaf)
    await new Promise<void>(resolve => deaf.listen(0, '127.0.0.1', resolve))
    const silent = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/v1`
    const presets = { gone: await nowhere(), silent, two: two.endpoint, page: page.endpoint, one: one.endpoint }
    const started = performance.now()
    expect(await detectProviders({ environment: {}, presets })).toEqual([
      { name: 'two', endpoint: two.endpoint, models: ['b', 'c'] },
      { name: 'one', endpoint: one.endpoint, models: ['a'] },
    ])
    expect(performance.now() - started).toBeLessThan(1_500)
  })
})

describe('providerFromEnvironment', () => {
  const azureUrl =
    'https://r.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-02-15-preview'

  it.each<[string, string, object]>([
    [azureUrl, '', { kind: 'azure', model: 'gpt-4o' }],
    [azureUrl, 'other', { kind: 'azure', model: 'gpt-4o' }],
    [
      'https://gateway.example/x/openai/deployments/d/chat/completions?api-version=1',
      '',
      { kind: 'azure', model: 'd' },
    ],
    ['https://r.openai.azure.com', 'd', { kind: 'azure', model: 'd' }],
    ['https://api.openai.com/v1/chat/completions', 'gpt', { kind: 'openai', model: 'gpt' }],
    ['https://api.anthropic.com/v1/messages', 'claude', { kind: 'anthropic', model: 'claude' }],
    ['https://generativelanguage.googleapis.com', 'gemini', { kind: 'google', model: 'gemini' }],
    ['https://generativelanguage.googleapis.com/v1beta/openai/', 'gemini', { kind: 'openai-compatible' }],
    ['https://api.openai.com.evil.example/v1', 'm', { kind: 'openai-compatible', model: 'm' }],
  ])('takes %s with MODEL “%s” for what it is', async (endpoint, model, expected) => {
    const environment = { API_ENDPOINT: endpoint, API_KEY: 'sk-123456', MODEL: model }
    const found = await providerFromEnvironment(environment)
    expect(found).toMatchObject({ apiKey: 'sk-123456', provider: { name: 'environment', endpoint, ...expected } })
    expect(JSON.stringify(found!.provider)).not.toContain('sk-123456')
  })

  it('takes the first model listed if MODEL is unset, and needs no key on loopback', async () => {
    const { endpoint } = await serving()
    const found = await providerFromEnvironment({ API_ENDPOINT: `${endpoint}/chat/completions` })
    expect(found).toEqual({ provider: expect.objectContaining({ kind: 'openai-compatible', model: 'big' }) })
    expect(await checkProvider(found!.provider, { environment: {} })).toMatchObject({ ok: true, endpoint })
  })

  it('looks on this machine if API_ENDPOINT is unset, and finds nothing if nothing answers', async () => {
    const { endpoint } = await serving({ models: ['phi'] })
    expect(await providerFromEnvironment({}, endpoint)).toEqual({
      provider: expect.objectContaining({ kind: 'openai-compatible', endpoint, model: 'phi' }),
    })
    expect((await providerFromEnvironment({ MODEL: 'other', API_ENDPOINT: ' ' }, endpoint))?.provider.model).toBe(
      'other',
    )
    expect(await providerFromEnvironment({ API_KEY: 'sk-123456' }, await nowhere())).toBeNull()
  })

  it('refuses an API_ENDPOINT that is no URL', async () => {
    await expect(providerFromEnvironment({ API_ENDPOINT: 'localhost:5272' })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})
