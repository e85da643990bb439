/** Processes killed in a run: a few kills, so that the law is seen to hold at every commit. */
import { expect, it } from 'vitest'
import { testDatabases } from '../databases.ts'
import { surviveKills } from './kill.ts'

const kills = { SQLite: 12, PostgreSQL: 8 }

it.each(testDatabases())(
  'pays for nothing twice and keeps everything when its process is killed, on $name',
  async kind => {
    const report = await surviveKills(kind, { kills: kills[kind.name], calls: 250, seed: 1 })
    process.stdout.write(`${JSON.stringify(report)}\n`)
    expect(report.kills).toBe(kills[kind.name])
  },
)
