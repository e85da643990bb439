/** Providers: who may use them, what leaves the machine, and where their secrets are. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import type { ProviderInput } from '../model/provider.ts'
import { createProject } from './projects.ts'
import {
  addProvider,
  assignProvider,
  checkProviders,
  defaultProvider,
  listProviders,
  openModel,
  probeProvider,
  removeProvider,
  unassignProvider,
} from './providers.ts'
import type { Environment } from './workspace.ts'

const secret = 'sk-Very_Secret/Key+42'

/** An OpenAI-compatible server on loopback that lists two models and answers everything with `answer`. */
async function server(answer = '{"colour":"teal","number":4}') {
  const requests: IncomingMessage[] = []
  const listening = createServer((request, response) => {
    requests.push(request)
    response.setHeader('content-type', 'application/json')
    const models = { object: 'list', data: [{ id: 'first' }, { id: 'second' }] }
    const completion = {
      ...{ id: 'c', object: 'chat.completion', created: 1, model: 'first' },
      choices: [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    }
    response.end(JSON.stringify(request.url?.includes('/models') ? models : completion))
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    listening.closeAllConnections()
    listening.close()
  })
  return { requests, endpoint: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1` }
}

async function workspaceOf(egress: 'none' | 'redacted' | 'allowed', environment: Environment = {}) {
  const workspace = await temporaryWorkspace(environment)
  return { workspace, project: await createProject(workspace, { name: 'support', egress }) }
}

const compatible = (name: string, endpoint: string, more: Partial<ProviderInput> = {}): ProviderInput => ({
  ...{ name, kind: 'openai-compatible', endpoint },
  ...more,
})

it('stores no secret in clear, shows none, and uses them all', async () => {
  const { workspace, project } = await workspaceOf('allowed')
  const { endpoint, requests } = await server()
  const headers = { 'x-team': 'header-secret-value' }
  const settings = compatible('local', `${endpoint}?code=query-secret-value`, { headers, model: 'first' })
  const added = await addProvider(workspace, { settings, apiKey: ` ${secret}\n`, projects: ['support'] })
  expect(added).toMatchObject({ key: 'stored', projects: ['support'], provider: { endpoint } })

  const shown = JSON.stringify([added, await listProviders(workspace), await workspace.store.listProviders()])
  const own = join(workspace.folder, '.cultivar')
  const files = readdirSync(own).map(name => readFileSync(join(own, name), 'latin1'))
  expect(files.length).toBeGreaterThan(2)
  for (const hidden of [secret, 'header-secret-value', 'query-secret-value']) {
    const forms = [hidden, Buffer.from(hidden).toString('base64'), JSON.stringify(hidden).slice(1, -1)]
    for (const form of forms) expect([shown, ...files].some(text => text.includes(form))).toBe(false)
  }

  const model = await openModel(workspace, 'local', project)
  const request = { kind: 'chat' as const, messages: [{ role: 'user' as const, content: 'hi' }], maxOutputTokens: 9 }
  expect(await model.send(request, AbortSignal.timeout(5000))).toMatchObject({ reply: { finish: 'stop' } })
  const sent = requests.at(-1)!
  expect(sent.headers.authorization).toBe(`Bearer ${secret}`)
  expect(sent.headers['x-team']).toBe('header-secret-value')
  expect(sent.url).toContain('code=query-secret-value')
})

it('keeps several keys of one kind apart', async () => {
  const { workspace, project } = await workspaceOf('allowed', { TEAM_KEY: 'key-from-environment' })
  const { endpoint, requests } = await server()
  const common = { model: 'first' }
  await addProvider(workspace, {
    settings: compatible('a', endpoint, common),
    apiKey: 'key-of-a',
    projects: ['support'],
  })
  const settings = compatible('b', endpoint, { ...common, apiKeyEnv: 'TEAM_KEY' })
  await addProvider(workspace, { settings, projects: ['support'] })
  for (const name of ['a', 'b']) {
    const model = await openModel(workspace, name, project)
    await model.send(
      { kind: 'chat', messages: [{ role: 'user', content: 'hi' }], maxOutputTokens: 9 },
      AbortSignal.timeout(5000),
    )
  }
  expect(requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer key-of-a',
    'Bearer key-from-environment',
  ])
})

it('opens a model only for projects it is assigned to', async () => {
  const { workspace, project } = await workspaceOf('allowed')
  const { endpoint } = await server()
  await addProvider(workspace, { settings: compatible('local', endpoint, { model: 'first' }) })
  await expect(openModel(workspace, 'local', project)).rejects.toMatchObject({
    code: 'bad-input',
    hint: expect.stringContaining('providers assign local support'),
  })
  await assignProvider(workspace, 'local', 'support')
  expect(await openModel(workspace, 'local', project)).toMatchObject({ name: 'local', model: 'first', loopback: true })
  await unassignProvider(workspace, 'local', 'support')
  await expect(openModel(workspace, 'local', project)).rejects.toMatchObject({ code: 'bad-input' })
  await removeProvider(workspace, 'local')
  await expect(openModel(workspace, 'local', project)).rejects.toMatchObject({ code: 'not-found' })
})

it.each([
  ['https://api.example.com/v1', 'api.example.com'],
  ['http://192.168.1.5:8000/v1', '192.168.1.5:8000'],
  ['http://127.0.0.1.example.com/v1', '127.0.0.1.example.com'],
])('lets no text of a closed project go to %s, and sends nothing to find out', async (endpoint, host) => {
  const { workspace, project } = await workspaceOf('none')
  const settings = compatible('far', endpoint)
  await addProvider(workspace, { settings, apiKey: secret, projects: ['support'] })
  for (const open of [openModel, probeProvider]) {
    await expect(open(workspace, 'far', project)).rejects.toMatchObject({
      code: 'egress-denied',
      message: expect.stringContaining(host),
      hint: expect.stringContaining('--egress'),
    })
  }
})

it('holds the environment’s provider to the same egress', async () => {
  const { workspace, project } = await workspaceOf('none', { API_ENDPOINT: 'https://api.example.com/v1', MODEL: 'm' })
  await expect(openModel(workspace, 'environment', project)).rejects.toMatchObject({ code: 'egress-denied' })
})

it('lets a closed project talk to this machine', async () => {
  const { endpoint } = await server()
  const { workspace, project } = await workspaceOf('none', { API_ENDPOINT: `${endpoint}/chat/completions` })
  expect(await openModel(workspace, 'environment', project)).toMatchObject({ model: 'first', loopback: true })
})

it('takes the first model a server lists where none is named, and says so if it lists none', async () => {
  const { workspace, project } = await workspaceOf('allowed')
  const { endpoint } = await server()
  await addProvider(workspace, { settings: compatible('local', endpoint), projects: ['support'] })
  expect(await openModel(workspace, 'local', project, 'object')).toMatchObject({ model: 'first', jsonMode: 'object' })
  await addProvider(workspace, { settings: compatible('gone', 'http://127.0.0.1:1/v1'), projects: ['support'] })
  await expect(openModel(workspace, 'gone', project)).rejects.toMatchObject({ code: 'provider-failed' })
})

it('finds out how a server takes JSON', async () => {
  const { workspace, project } = await workspaceOf('allowed')
  const obedient = await server()
  const chatty = await server('Teal, and four!')
  await addProvider(workspace, { settings: compatible('obedient', obedient.endpoint), projects: ['support'] })
  await addProvider(workspace, { settings: compatible('chatty', chatty.endpoint), projects: ['support'] })
  expect(await probeProvider(workspace, 'obedient', project)).toBe('schema')
  expect(await probeProvider(workspace, 'chatty', project)).toBe('prompt')
})

it('takes the only provider of a project, its embedder apart, and asks which of several', async () => {
  const { workspace } = await workspaceOf('allowed')
  const add = (name: string) =>
    addProvider(workspace, { settings: compatible(name, 'http://127.0.0.1:1/v1'), projects: ['support'] })
  await add('a')
  expect(await defaultProvider(workspace, 'support')).toBe('a')
  await add('b')
  await expect(defaultProvider(workspace, 'support')).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('a, b'),
  })
  await createProject(workspace, { name: 'embedding', embedder: 'a' })
  await assignProvider(workspace, 'a', 'embedding')
  await assignProvider(workspace, 'b', 'embedding')
  expect(await defaultProvider(workspace, 'embedding')).toBe('b')
})

it('takes the environment’s provider for a project that has none', async () => {
  const { endpoint } = await server()
  const { workspace } = await workspaceOf('allowed', { API_ENDPOINT: endpoint })
  expect(await defaultProvider(workspace, 'support')).toBe('environment')
})

it.each([
  ['a far service without a key', { name: 'x', kind: 'openai' }, undefined],
  ['two keys', { name: 'x', kind: 'openai', apiKeyEnv: 'KEY' }, secret],
  ['no endpoint where one is needed', { name: 'x', kind: 'openai-compatible' }, secret],
  ['the reserved name', { name: 'environment', kind: 'openai' }, secret],
  ['an unknown setting', { name: 'x', kind: 'openai', apiKey: secret }, undefined],
  ['an unusable price', { name: 'x', kind: 'openai', inputUsdPerMillion: -1 }, secret],
])('refuses %s, and repeats no secret', async (_, settings, apiKey) => {
  const { workspace } = await workspaceOf('allowed')
  const refused = addProvider(workspace, { settings: settings as ProviderInput, ...(apiKey && { apiKey }) })
  const error = await refused.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'bad-input' })
  expect(`${JSON.stringify(error)}${error}`).not.toContain(secret)
  expect(await listProviders(workspace)).toEqual([])
})

it('checks all, and one that cannot be tried does not keep the others from it', async () => {
  const { workspace } = await workspaceOf('allowed')
  const { endpoint } = await server()
  await addProvider(workspace, { settings: { name: 'keyless', kind: 'openai', apiKeyEnv: 'NOT_SET' } })
  await addProvider(workspace, { settings: compatible('local', endpoint) })
  const [keyless, local] = await checkProviders(workspace)
  expect(keyless).toMatchObject({
    name: 'keyless',
    error: { code: 'bad-input', hint: expect.stringContaining('NOT_SET') },
  })
  expect(local).toMatchObject({ name: 'local', check: { ok: true, model: 'first', jsonMode: 'schema' } })
  expect(await checkProviders(workspace, ['lokal'])).toMatchObject([
    { name: 'lokal', error: { code: 'not-found', message: expect.stringContaining('did you mean “local”') } },
  ])
})

it('says so when a secret was sealed with another key', async () => {
  const { workspace, project } = await workspaceOf('allowed', { CULTIVAR_SECRET_KEY: 'ab'.repeat(32) })
  const settings = compatible('local', 'http://127.0.0.1:1/v1', { model: 'm' })
  await addProvider(workspace, { settings, apiKey: secret, projects: ['support'] })
  const elsewhere = { ...workspace, environment: { CULTIVAR_SECRET_KEY: 'cd'.repeat(32) } }
  await expect(openModel(elsewhere, 'local', project)).rejects.toMatchObject({ code: 'bad-input' })
  expect(await openModel(workspace, 'local', project)).toMatchObject({ model: 'm' })
})
