/** The budget: no call starts whose worst case does not fit, at any concurrency, to the call, the token and the nano-dollar. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openGrove } from '../../test/grove.ts'
import type { Spending } from '../model/run.ts'
import { faulty } from '../testing/faulty.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'
import type { LanguageModel } from './ports.ts'
import { worstCase } from './spending.ts'

const price = { input: 150, output: 600.5 }
const units = ['calls', 'tokens', 'nanoUsd'] as const

/** Counts on its own, from what is sent and what comes back, what may have been spent at most and what was. */
function watched(model: LanguageModel) {
  const [certain, open]: Spending[] = [0, 1].map(() => ({ calls: 0, tokens: 0, nanoUsd: 0 }))
  const most = { calls: 0, tokens: 0, nanoUsd: 0 }
  const watching: LanguageModel = {
    ...model,
    async send(request, signal) {
      const worst = worstCase(request, model)
      for (const unit of units) {
        open![unit] += worst[unit]
        most[unit] = Math.max(most[unit], certain![unit] + open![unit])
      }
      const result = await model.send(request, signal)
      for (const unit of units) open![unit] -= worst[unit]
      const { reply, fault } = result
      if (reply) {
        certain!.calls++
        certain!.tokens += reply.inputTokens + reply.outputTokens
        certain!.nanoUsd += Math.ceil(reply.inputTokens * price.input + reply.outputTokens * price.output)
      } else if (fault.kind === 'lost') for (const unit of units) certain![unit] += worst[unit]
      else if (fault.kind !== 'rate-limit') certain!.calls++
      return result
    },
  }
  return { watching, spent: certain!, most }
}

async function spend(
  concurrency: number,
  budget: { calls?: number; tokens?: number; usd?: number },
  faults = true,
  seed = 1,
) {
  await using grove = await openGrove()
  const rates = { 'server-error': 0.05, reset: 0.1, 'rate-limit': { rate: 0.1, retryAfterS: 1 } }
  const script = faults ? faulty(teacher(), rates, seed) : teacher()
  const model = scriptedModel({
    ...{ script, clock: grove.clock, price, seed, limits: { concurrency } },
    latency: { kind: 'log-normal', meanMs: 400, sigma: 1 },
  })
  const { watching, spent, most } = watched(model)
  const wish = { teacher: watching, target: 5000, perUnit: 2, limits: { concurrency, attempts: 20 } }
  const { end, run } = await grove.grow({ ...wish, budget })
  const request = model.calls.at(-1)?.request
  return { end, run, spent, most, worst: request ? worstCase(request, model) : undefined, sent: model.calls.length }
}

describe.each([1, 8, 64])('At concurrency %d', concurrency => {
  it('makes exactly as many calls as the budget allows', async () => {
    const { end, run, sent } = await spend(concurrency, { calls: 123 }, false)
    expect(end.state).toBe('budget')
    expect(sent).toBe(123)
    expect(run.spent.calls).toBe(123)
    expect(run.reserved.calls).toBe(0)
  })

  it.each<[string, { calls?: number; tokens?: number; usd?: number }]>([
    ['calls', { calls: 150 }],
    ['tokens', { tokens: 60_000 }],
    ['nano-dollars', { usd: 0.021_000_001 }],
    ['all three', { calls: 90, tokens: 55_555, usd: 0.03 }],
  ])('starts no call that might pass a budget of %s, and ends only when the next one might', async (_, budget) => {
    const { end, run, spent, most, worst } = await spend(concurrency, budget)
    expect(end.state).toBe('budget')
    const limits = { calls: budget.calls, tokens: budget.tokens, nanoUsd: budget.usd && Math.round(budget.usd * 1e9) }
    for (const unit of units) expect(most[unit]).toBeLessThanOrEqual(limits[unit] ?? Number.POSITIVE_INFINITY)
    expect(run.spent).toEqual(spent)
    expect(run.reserved).toEqual({ calls: 0, tokens: 0, nanoUsd: 0 })
    // Requests are of nearly the same length: a few digits more or less.
    const slack = { calls: 0, tokens: 20, nanoUsd: 20 * price.input }
    expect(
      units.some(unit => spent[unit] + worst![unit] + slack[unit] > (limits[unit] ?? Number.POSITIVE_INFINITY)),
    ).toBe(true)
  })
})

it('spends what was charged and never more than the budget, whatever the budget, the faults and the concurrency', async () => {
  const budgets = fc.record(
    { calls: fc.nat(60), tokens: fc.nat(40_000), usd: fc.nat(20_000_000).map(nano => nano / 1e9) },
    { requiredKeys: ['calls'] },
  )
  await fc.assert(
    fc.asyncProperty(budgets, fc.constantFrom(1, 3, 8, 64), fc.nat(1000), async (budget, concurrency, seed) => {
      const { end, run, spent, most } = await spend(concurrency, budget, true, seed)
      expect(end.state).toBe('budget')
      expect(run.spent).toEqual(spent)
      expect(most.calls).toBeLessThanOrEqual(budget.calls)
      expect(most.tokens).toBeLessThanOrEqual(budget.tokens ?? Number.POSITIVE_INFINITY)
      expect(most.nanoUsd).toBeLessThanOrEqual(Math.round((budget.usd ?? Number.POSITIVE_INFINITY) * 1e9))
    }),
    { numRuns: 25 },
  )
})

it('goes on with the same run when the budget is raised, and pays for nothing again', async () => {
  await using grove = await openGrove()
  const model = scriptedModel({ script: teacher(), clock: grove.clock, limits: { concurrency: 8 } })
  const first = await grove.grow({ teacher: model, target: 50, budget: { calls: 20 } })
  expect(first.end.state).toBe('budget')
  const prefix = await grove.kept()
  const second = await grove.grow({ teacher: model, target: 50, budget: { calls: 1000 } })
  expect(second.end.state).toBe('done')
  expect(second.run.id).toBe(first.run.id)
  expect((await grove.kept()).slice(0, prefix.length)).toEqual(prefix)
  expect(new Set(model.calls.map(call => JSON.stringify(call.request))).size).toBe(model.calls.length)
  expect(second.run.spent.calls).toBe(model.calls.length)
})
