/** Faults come at the rates asked for, at the same requests every time; recorded replies come as they were recorded. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FaultRates, faulty } from './faulty.ts'
import { recorded } from './recorded.ts'
import type { Script, ScriptedRequest } from './script.ts'

const reply: Script = ({ ordinal }) => ({ kind: 'reply', value: { ordinal } })

function request(ordinal: number, content = '', embed?: string[]): ScriptedRequest {
  const asked = { messages: [{ role: 'user' as const, content }], jsonMode: 'prompt' as const, model: 'm' }
  return { ...asked, ordinal, repeat: 0, ...(embed ? { embed } : {}) }
}

it('injects each fault at its rate, with its details', () => {
  const rates: FaultRates = { reset: 0.1, 'rate-limit': { rate: 0.2, retryAfterS: 3 }, truncated: 0.1, malformed: 0.05 }
  const script = faulty(reply, rates, 1)
  const all = Array.from({ length: 10_000 }, (_, ordinal) => script(request(ordinal)))
  const share = (kind: string) => all.filter(answer => answer.kind === kind).length / all.length
  for (const [kind, rate] of [
    ['reset', 0.1],
    ['rate-limit', 0.2],
    ['truncated', 0.1],
    ['malformed', 0.05],
    ['reply', 0.55],
  ] as const) {
    expect(Math.abs(share(kind) - rate)).toBeLessThan(0.015)
  }
  expect(all.find(answer => answer.kind === 'rate-limit')).toEqual({ kind: 'rate-limit', retryAfterS: 3 })
  const at = all.findIndex(answer => answer.kind === 'truncated')
  expect(all[at]).toMatchObject({ value: { ordinal: at } })
})

it('depends on seed and ordinal alone', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.string(), fc.string(), (seed, ordinal, one, other) => {
      const rates = { hang: 0.3, malformed: 0.2, truncated: 0.2 }
      const answer = faulty(reply, rates, seed)(request(ordinal, one))
      expect(faulty(reply, rates, seed)(request(ordinal, other))).toEqual(answer)
    }),
  )
})

it('lets faults of the script through that it cannot spoil', () => {
  const script = faulty(() => ({ kind: 'hang' }), { truncated: 1 })
  expect(script(request(0))).toEqual({ kind: 'hang' })
})

it.each([{ reset: 0.6, hang: 0.5 }, { reset: -0.1 }, { reset: Number.NaN }])('takes no rates such as %j', rates => {
  expect(() => faulty(reply, rates)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

it('replays a list in order, whatever is asked, and says so when it ends', () => {
  const script = recorded(['one', { two: 2 }])
  expect([0, 1, 2].map(ordinal => script(request(ordinal)))).toMatchObject([
    { kind: 'reply', value: 'one' },
    { kind: 'reply', value: { two: 2 } },
    { kind: 'bad-request', message: 'No reply is recorded for request 2.' },
  ])
})

it('replays by what the request says, in any order', () => {
  const script = recorded({ fox: 'F', 'brown dog': ['D'] })
  expect(script(request(5, 'a brown dog'))).toEqual({ kind: 'reply', value: ['D'] })
  expect(script(request(1, 'the fox and a brown dog'))).toEqual({ kind: 'reply', value: 'F' })
  expect(script(request(0, 'a cat')).kind).toBe('bad-request')
  expect(script(request(0, '', ['a cat'])).kind).toBe('reply')
})
