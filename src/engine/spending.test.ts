/** What calls cost: at worst never less than in fact, and always whole nano-dollars. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ModelRequest } from '../model/request.ts'
import { chargeOf, worstCase } from './spending.ts'

const text = fc.string({ unit: 'binary', maxLength: 200 })
const role = fc.constantFrom('system' as const, 'user' as const, 'assistant' as const)
const chat = fc.record({
  kind: fc.constant('chat' as const),
  messages: fc.array(fc.record({ role, content: text }), { maxLength: 6 }),
  maxOutputTokens: fc.nat(100_000),
})
const price = fc.record({
  input: fc.double({ min: 0, max: 1e5, noNaN: true }),
  output: fc.double({ min: 0, max: 1e6, noNaN: true }),
})

const bytes = (request: Extract<ModelRequest, { kind: 'chat' }>) =>
  request.messages.reduce((sum, message) => sum + new TextEncoder().encode(message.content).length, 0)

it('is at worst no less than for a token a byte, an overhead for each message, and the whole output', () => {
  fc.assert(
    fc.property(chat, price, fc.double({ min: 0, max: 1, noNaN: true }), (request, price, share) => {
      const worst = worstCase(request, { price })
      const inputTokens = bytes(request) + 4 * request.messages.length + 3
      const reply = {
        text: '',
        finish: 'stop' as const,
        inputTokens,
        outputTokens: Math.floor(share * request.maxOutputTokens),
      }
      const charge = chargeOf(reply, { price })
      expect(worst.calls).toBe(charge.calls)
      expect(worst.tokens).toBeGreaterThanOrEqual(charge.tokens)
      expect(worst.nanoUsd).toBeGreaterThanOrEqual(charge.nanoUsd)
    }),
  )
})

it('counts the schema, which may be sent in words as well', () => {
  const request = { kind: 'chat' as const, messages: [], maxOutputTokens: 10 }
  const schema = { type: 'object', properties: { text: { type: 'string' } } }
  const more = worstCase({ ...request, schema }, {}).tokens - worstCase(request, {}).tokens
  expect(more).toBeGreaterThanOrEqual(JSON.stringify(schema).length)
})

it('is whole nano-dollars, rounded up, and nothing without a price', () => {
  const reply = { text: '', finish: 'stop' as const, inputTokens: 3, outputTokens: 1 }
  expect(chargeOf(reply, { price: { input: 0.15, output: 0.6 } })).toEqual({ calls: 1, tokens: 4, nanoUsd: 2 })
  expect(chargeOf(reply, {})).toEqual({ calls: 1, tokens: 4, nanoUsd: 0 })
  fc.assert(
    fc.property(chat, price, (request, price) => {
      expect(Number.isSafeInteger(worstCase(request, { price }).nanoUsd)).toBe(true)
    }),
  )
})

it('counts every text to embed, and no output', () => {
  const texts = ['one', 'zwei', 'трое']
  const { calls, tokens } = worstCase({ kind: 'embed', texts }, {})
  expect(calls).toBe(1)
  expect(tokens).toBeGreaterThanOrEqual(3 + 4 + 8)
  expect(worstCase({ kind: 'embed', texts: [...texts, 'four'] }, {}).tokens).toBeGreaterThan(tokens)
})
