/** The ledger key: equal for equal questions, different for any that differ in what the model or the sequence sees. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ChatRequest } from '../model/request.ts'
import { ledgerKey, type Sample } from './ledger-key.ts'

const model = { kind: 'openai', endpoint: 'https://api.example/v1', model: 'm' } as const
const request: ChatRequest = {
  kind: 'chat',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
  ],
  schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } } },
  temperature: 0.7,
  maxOutputTokens: 100,
}
const sample = { seed: 1, cell: 'oak', ordinal: 2, occurrence: 0 }
const key = ledgerKey(request, model, 'few-shot@1', sample)

it('is a SHA-256, the same every time and everywhere', () => {
  // Written down: if it changes, every ledger there is would be paid again.
  expect(key).toBe('0702a9c77bbe09b4233ea1518d825b842ff18bfd8acd3bb8fe05226700730e3c')
})

it('does not depend on the order of members, nor on members that are absent', () => {
  const { maxOutputTokens, temperature, schema, messages, kind } = request
  const shuffled = {
    maxOutputTokens,
    temperature,
    schema: { properties: { b: { type: 'number' }, a: { type: 'string' } }, type: 'object' },
    messages,
    kind,
  }
  expect(schema).toBeDefined()
  expect(
    ledgerKey(shuffled as ChatRequest, { ...model }, 'few-shot@1', { occurrence: 0, ordinal: 2, cell: 'oak', seed: 1 }),
  ).toBe(key)
  expect(ledgerKey({ ...request, salt: undefined } as ChatRequest, model, 'few-shot@1', sample)).toBe(key)
})

it('does not depend on name, price, limits or JSON mode of the provider', () => {
  const provider = {
    ...model,
    name: 'gpt',
    price: { input: 1, output: 2 },
    limits: { concurrency: 9 },
    jsonMode: 'prompt',
    secret: 'sk-1',
  }
  expect(ledgerKey(request, provider, 'few-shot@1', sample)).toBe(key)
})

it('differs whenever request, model, prompt version or sample differ', () => {
  const said = (content: string) => ({
    ...request,
    messages: [request.messages[0]!, { role: 'user' as const, content }],
  })
  const { temperature: _, ...cold } = request
  const { schema: __, ...free } = request
  const others: [ChatRequest, Parameters<typeof ledgerKey>[1], string, Sample][] = [
    [said('Hello!'), model, 'few-shot@1', sample],
    [said('hello'), model, 'few-shot@1', sample],
    [said('Hello\u0000'), model, 'few-shot@1', sample],
    [said('\ud800'), model, 'few-shot@1', sample],
    [said('\udc00'), model, 'few-shot@1', sample],
    [{ ...request, messages: [...request.messages].reverse() }, model, 'few-shot@1', sample],
    [{ ...request, temperature: 0.71 }, model, 'few-shot@1', sample],
    [cold, model, 'few-shot@1', sample],
    [free, model, 'few-shot@1', sample],
    [{ ...request, maxOutputTokens: 101 }, model, 'few-shot@1', sample],
    [request, { ...model, kind: 'azure' }, 'few-shot@1', sample],
    [request, { ...model, endpoint: 'https://api.example/v2' }, 'few-shot@1', sample],
    [request, { ...model, model: 'm2' }, 'few-shot@1', sample],
    [request, model, 'few-shot@2', sample],
    [request, model, 'few-shot@1', { ...sample, seed: 2 }],
    [request, model, 'few-shot@1', { ...sample, cell: 'elm' }],
    [request, model, 'few-shot@1', { ...sample, ordinal: 3 }],
    [request, model, 'few-shot@1', { ...sample, occurrence: 1 }],
    [request, model, 'few-shot@1', { ...sample, salt: 'fresh' }],
    [request, model, 'few-shot@1', 0],
  ]
  const keys = others.map(other => ledgerKey(...other))
  expect(new Set([key, ...keys]).size).toBe(1 + others.length)
})

it('tells any two texts apart, wherever the boundary between messages falls', () => {
  const asked = (texts: string[]) =>
    ledgerKey({ ...request, messages: texts.map(content => ({ role: 'user', content })) }, model, 'few-shot@1', 0)
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 4 })
  fc.assert(fc.property(texts, texts, (a, b) => (asked(a) === asked(b)) === (JSON.stringify(a) === JSON.stringify(b))))
})
