/** Many simulated histories, one after another, and what they met. */
import { unique } from '../../src/critics/unique.ts'
import { simulate } from '../../src/testing/simulation.ts'
import { simulatedDatabase } from './simulated-database.ts'

/** Throws at the first history that breaks a promise; prints the sums. */
export async function simulateMany(seeds: number[]) {
  const sums = { histories: seeds.length, kept: 0, lives: 0, deaths: 0, inFlightAtDeath: 0 }
  const ends: Record<string, number> = {}
  const deathsIn: Record<string, number> = {}
  for (const seed of seeds) {
    const result = await simulate(seed, simulatedDatabase, unique)
    ends[result.end.state] = (ends[result.end.state] ?? 0) + 1
    for (const key of ['kept', 'lives', 'deaths', 'inFlightAtDeath'] as const) sums[key] += result[key]
    for (const [name, count] of Object.entries(result.deathsIn)) deathsIn[name] = (deathsIn[name] ?? 0) + count
  }
  process.stdout.write(`${JSON.stringify({ ...sums, ends, deathsIn })}\n`)
  return { ...sums, ends, deathsIn }
}

export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}
