/** Processes killed a hundred times in a run of two thousand calls, on each database. */
import { expect, it } from 'vitest'
import { testDatabases } from '../databases.ts'
import { surviveKills } from './kill.ts'

const seed = Number(process.env['CULTIVAR_KILLS_SEED'] ?? 1)

it.each(testDatabases())('pays for nothing twice and keeps everything over a hundred kills, on $name', async kind => {
  const report = await surviveKills(kind, { kills: 100, calls: 2000, seed })
  process.stdout.write(`${JSON.stringify(report)}\n`)
  expect(report.kills).toBe(100)
  // The kills are worth something only if they fell where it hurts.
  for (const name of ['openRun', 'openAttempts', 'settleAttempts', 'advance', 'closeRun'])
    expect(report.killsIn[name], name).toBeGreaterThan(0)
  expect(report.inFlight).toBeGreaterThan(100)
})
