/** Tests of the adapter against the scripted server: every fault it knows, every JSON mode it may lack. */
import { expect, it } from 'vitest'
import { type ProviderInput, provider } from '../model/provider.ts'
import type { ChatRequest } from '../model/request.ts'
import type { ScriptedAnswer } from '../testing/script.ts'
import { scriptedServer } from '../testing/scripted-server.ts'
import { teacher } from '../testing/teacher.ts'
import { checkProvider } from './check.ts'
import { createLanguageModel } from './language-model.ts'

const apiKey = 'sk-scripted/1+2'
const idle = new AbortController().signal
const request: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'Write one.' }],
  maxOutputTokens: 99,
}
const settings = (more: Partial<ProviderInput>) =>
  provider.parse({ name: 'p', kind: 'openai-compatible', model: 'scripted-1', timeoutMs: 300, ...more })

it.each<[ScriptedAnswer, object]>([
  [{ kind: 'reply', value: 'Hi.' }, { reply: { text: 'Hi.', finish: 'stop' } }],
  [{ kind: 'truncated', value: 'A long reply.' }, { reply: { finish: 'length' } }],
  [{ kind: 'malformed', value: { a: 1 } }, { reply: { finish: 'stop' } }],
  [{ kind: 'refusal', text: 'No.' }, { reply: { finish: 'refused', text: 'No.' } }],
  [{ kind: 'moderation', of: 'reply' }, { reply: { finish: 'refused' } }],
  [{ kind: 'moderation', of: 'request' }, { reply: { finish: 'refused' } }],
  [{ kind: 'rate-limit', retryAfterS: 3 }, { fault: { kind: 'rate-limit', status: 429, retryAfterMs: 3000 } }],
  [{ kind: 'quota-exhausted' }, { fault: { kind: 'quota', status: 429 } }],
  [{ kind: 'server-error', status: 503 }, { fault: { kind: 'transient', status: 503 } }],
  [{ kind: 'unauthorized', echo: 'plain' }, { fault: { kind: 'account', status: 401 } }],
  [{ kind: 'unauthorized', echo: 'escaped' }, { fault: { kind: 'account', status: 401 } }],
  [{ kind: 'unauthorized', echo: 'base64' }, { fault: { kind: 'account', status: 401 } }],
  [{ kind: 'unauthorized', status: 402 }, { fault: { kind: 'quota', status: 402 } }],
  [{ kind: 'bad-request', status: 422 }, { fault: { kind: 'request', status: 422 } }],
  [{ kind: 'not-found' }, { fault: { kind: 'account', status: 404 } }],
  [{ kind: 'reset' }, { fault: { kind: 'lost' } }],
  [{ kind: 'reset', midReply: true }, { fault: { kind: 'lost' } }],
  [{ kind: 'hang' }, { fault: { kind: 'lost' } }],
  [{ kind: 'hang', midReply: true }, { fault: { kind: 'lost' } }],
  [{ kind: 'garbage' }, { fault: { kind: 'transient', status: 200 } }],
])('makes of %o what the engine acts on', async (answer, expected) => {
  await using server = await scriptedServer({ script: () => answer, apiKey })
  const azure = `${server.url.replace('/v1', '')}/openai/deployments/d/chat/completions?api-version=2024-02-15-preview`
  const targets = [settings({ endpoint: server.url }), settings({ kind: 'azure', endpoint: azure })]
  for (const target of targets) {
    const result = await createLanguageModel(target, { apiKey, environment: {} }).send(request, idle)
    expect(result).toMatchObject(expected)
    expect(JSON.stringify(result)).not.toContain(apiKey)
    expect(JSON.stringify(result)).not.toContain(Buffer.from(apiKey).toString('base64').slice(0, 12))
  }
})

it.each(['schema', 'object', 'prompt'] as const)('finds that a server supports no more than %s', async supports => {
  await using server = await scriptedServer({ script: teacher(), supports, apiKey })
  const target = settings({ endpoint: server.url, model: undefined, timeoutMs: 5_000 })
  expect(await checkProvider(target, { apiKey, environment: {} })).toMatchObject({
    ...{ ok: true, model: 'scripted-1', jsonMode: supports },
  })
})

it('embeds texts as the server says them', async () => {
  await using server = await scriptedServer({ script: teacher() })
  const model = createLanguageModel(settings({ endpoint: server.url }), { environment: {} })
  const { reply } = await model.send({ kind: 'embed', texts: ['one', 'two', 'one'] }, idle)
  const [one, two, again] = JSON.parse(reply!.text) as number[][]
  expect(one).toEqual(again)
  expect(one).not.toEqual(two)
})
