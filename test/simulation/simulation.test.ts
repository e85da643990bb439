/** Simulated histories: hundreds of storms, deaths and takeovers, each from one number, against the real store. */
import { expect, it } from 'vitest'
import { seedsFrom, simulateMany } from './simulate-many.ts'

const chosen = process.env['CULTIVAR_SIMULATION']
const histories = Number(process.env['CULTIVAR_SIMULATIONS'] ?? 60)

it(`keeps every promise in ${histories} simulated histories`, { timeout: 600_000 }, async () => {
  const met = await simulateMany(chosen === undefined ? seedsFrom(1, histories) : [Number(chosen)])
  if (chosen !== undefined) return
  // The histories are worth something only if they met what they are there for.
  expect(met.ends['done']).toBeGreaterThan(histories / 3)
  expect(met.ends['short']).toBeGreaterThan(0)
  for (const name of ['openAttempts', 'settleAttempts', 'advance', 'between']) {
    expect(met.deathsIn[name], name).toBeGreaterThan(0)
  }
  expect(met.inFlightAtDeath).toBeGreaterThan(0)
})
