/** A disk that is full: sending stops, what was paid for is held until there is room, and nothing is lost. */

import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { CultivarError } from '../../src/model/error.ts'
import type { Database } from '../../src/stores/database.ts'
import { runStore } from '../../src/stores/run-store.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { opening, settlement, take } from '../../src/testing/store-law.ts'
import { teacher } from '../../src/testing/teacher.ts'
import { testDatabases } from '../databases.ts'
import { type Grove, openGrove } from '../grove.ts'

/** SQLite then finds no room for another page, as on a full disk. */
async function fill(database: Database): Promise<void> {
  const { rows } = await database.read(connection => sql<{ page_count: number }>`pragma page_count`.execute(connection))
  await database.script(`pragma max_page_count = ${rows[0]?.page_count}`)
}

async function makeRoom(database: Database): Promise<void> {
  await database.script('pragma max_page_count = 1000000')
}

it('says that there is no room, leaves what is stored as it is, and goes on once there is', async () => {
  const sqlite = testDatabases().find(({ name }) => name === 'SQLite')!
  const { database, close } = await sqlite.open()
  try {
    await database.transact(connection =>
      connection
        .insertInto('project')
        .values({ name: 'grove', settings: '{}', next_position: 0, created_ms: 0 })
        .execute(),
    )
    const runs = runStore(database)
    const { lease } = await take(runs)
    const sent = opening(lease, 'key')
    await runs.openAttempts([sent], 2000)
    await fill(database)
    // Noise, since the ledger compresses what it stores.
    const long = settlement(
      sent,
      Array.from({ length: 40_000 }, (_, i) => (i * 2654435761) % 4096).join(''),
      sent.worst,
    )
    for (let tries = 0; tries < 3; tries++) {
      const error = await runs.settleAttempts([long], 3000).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(CultivarError)
      expect((error as CultivarError).code).toBe('storage-full')
    }
    expect(await runs.spending('run')).toMatchObject({ reserved: sent.worst, spent: { calls: 0 } })
    await makeRoom(database)
    await runs.settleAttempts([long], 3000)
    expect((await runs.findReplies(['key'])).get('key')).toEqual(long.call.reply)
  } finally {
    await close()
  }
})

const target = 60
const concurrency = 8

function modelFor(grove: Grove) {
  const moody = teacher({ repeatShare: 0.2 })
  return scriptedModel({
    script: request => moody({ ...request, ordinal: 0, repeat: 0 }),
    clock: grove.clock,
    latency: { kind: 'log-normal', meanMs: 300, sigma: 1 },
    limits: { concurrency },
  })
}

const wish = { target, perUnit: 3, limits: { concurrency } }

it('holds a run, which then keeps exactly what it would have kept, and pays for nothing twice', async () => {
  await using calm = await openGrove()
  await calm.grow({ teacher: modelFor(calm), ...wish })

  await using grove = await openGrove()
  const model = modelFor(grove)
  let sentWhenFull = Number.NaN
  grove.after(700, () => void fill(grove.database).then(() => (sentWhenFull = model.calls.length)))
  let sentWhileFull = Number.NaN
  grove.after(600_000, () => {
    sentWhileFull = model.calls.length - sentWhenFull
    void makeRoom(grove.database)
  })
  const { end, events, run, tookMs } = await grove.grow({ teacher: model, ...wish })
  expect(end.state).toBe('done')
  expect(await grove.kept()).toEqual(await calm.kept())
  expect(tookMs).toBeGreaterThan(600_000)
  expect(events).toContainEqual({ kind: 'waiting', why: expect.stringMatching(/no room/i) })
  expect(sentWhileFull).toBeLessThanOrEqual(concurrency)
  expect(run.spent.calls).toBe(model.calls.length)
  expect(run.reserved.calls).toBe(0)
})

it('lets go of a run that a person stops for good, with an error that says what to do', async () => {
  await using grove = await openGrove()
  const model = modelFor(grove)
  grove.after(700, () => void fill(grove.database))
  const stop = new AbortController()
  grove.after(60_000, () => stop.abort())
  const failure = await grove.grow({ teacher: model, ...wish, stopNow: stop.signal }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'storage-full', hint: expect.stringMatching(/free some space/i) })

  await makeRoom(grove.database)
  grove.after(30_000, () => undefined)
  const { end } = await grove.grow({ teacher: model, ...wish })
  expect(end.state).toBe('done')
  expect(await grove.texts()).toHaveLength(target)
})
