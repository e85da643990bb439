/** Simulated histories: hundreds of storms, deaths and takeovers, each from one number, against the real store. */
import { expect, it } from 'vitest'
import { critics } from '../../src/critics/index.ts'
import { simulate } from '../../src/testing/simulation.ts'
import { simulatedDatabase } from './simulated-database.ts'

const unique = critics.find(critic => critic.kind === 'unique')!
const chosen = process.env['CULTIVAR_SIMULATION']
const histories = Number(process.env['CULTIVAR_SIMULATIONS'] ?? 500)

it(`keeps every promise in ${histories} simulated histories`, { timeout: 3_600_000 }, async () => {
  const ends: Record<string, number> = {}
  const sums = { kept: 0, lives: 0, deaths: 0, inFlightAtDeath: 0 }
  const deathsIn: Record<string, number> = {}
  const seeds = chosen === undefined ? Array.from({ length: histories }, (_, i) => i + 1) : [Number(chosen)]
  for (const seed of seeds) {
    const result = await simulate(seed, simulatedDatabase, unique)
    ends[result.end.state] = (ends[result.end.state] ?? 0) + 1
    for (const key of ['kept', 'lives', 'deaths', 'inFlightAtDeath'] as const) sums[key] += result[key]
    for (const [name, count] of Object.entries(result.deathsIn)) deathsIn[name] = (deathsIn[name] ?? 0) + count
  }
  process.stdout.write(`${JSON.stringify({ histories: seeds.length, ends, ...sums, deathsIn })}\n`)
  if (chosen !== undefined) return
  // The histories are worth something only if they met what they are there for.
  expect(ends['done']).toBeGreaterThan(histories / 3)
  expect(ends['short']).toBeGreaterThan(0)
  for (const name of ['openAttempts', 'settleAttempts', 'decideUnits', 'advance', 'between'])
    expect(deathsIn[name], name).toBeGreaterThan(0)
  expect(sums.inFlightAtDeath).toBeGreaterThan(0)
})
