/** Laws of who may grow a project: one at a time, and nobody after having been taken over. */
import assert from 'node:assert/strict'
import type { RunStore } from '../engine/ports.ts'
import {
  insisting,
  look,
  opening,
  planted,
  proposed,
  refused,
  roundOf,
  settlement,
  step,
  storeLaw,
  type Taking,
  take,
  unitsFrom,
} from './store-law.ts'

const end = { state: 'done', reason: '', hint: '' } as const

export const leaseLaws = [
  storeLaw('a lease that was taken is found taken by whoever asks again with its token', async store => {
    const first = await take(store.runs)
    const again = await take(store.runs)
    assert.deepEqual(again, first)
  }),

  storeLaw('a project is refused to everyone else while its holder lives and its lease lasts', async store => {
    await store.createProject('other')
    await take(store.runs)
    await refused(take(store.runs, { token: 'second' }), 'run-held')
    await refused(take(store.runs, { token: 'second', run: 'another' }), 'run-held')
    await take(store.runs, { token: 'second', run: 'elsewhere', project: 'other' })
  }),

  storeLaw('a project is taken from a holder known to be dead, and from one whose lease is over', async store => {
    const first = await take(store.runs)
    const second = await take(store.runs, { token: 'second', isAlive: holder => holder.token !== 'first' })
    const third = await take(store.runs, { token: 'third', run: 'another', nowMs: 1000 + 20_000 })
    assert.ok(first.lease.fence < second.lease.fence && second.lease.fence < third.lease.fence)
  }),

  storeLaw('a renewed lease lasts until its new end', async store => {
    const { lease } = await take(store.runs)
    await store.runs.renewLease(lease, 50_000)
    await store.runs.renewLease(lease, 50_000)
    await refused(take(store.runs, { token: 'second', nowMs: 49_999 }), 'run-held')
    await take(store.runs, { token: 'second', nowMs: 50_000 })
  }),

  storeLaw('whoever was taken over can plan, select, renew, close and spend no more', async store => {
    const { lease, units } = await planted(store, 2)
    await take(store.runs, { token: 'second', isAlive: () => false })
    const before = await look(store, { token: 'second' })
    const more = unitsFrom(2, 2, 1)
    await refused(store.runs.planRound(lease, roundOf(more), more), 'run-taken-over')
    await refused(store.runs.advance(step(lease, [proposed(units[0]!, 'a text')]), 2000), 'run-taken-over')
    await refused(store.runs.renewLease(lease, 90_000), 'run-taken-over')
    await refused(store.runs.closeRun(lease, end, 2000), 'run-taken-over')
    await refused(store.runs.openAttempts([opening(lease, 'key')], 2000), 'run-taken-over')
    assert.deepEqual(await look(store, { token: 'second' }), before)
  }),

  storeLaw('what was paid for is kept, though its holder was taken over meanwhile', async store => {
    const { lease } = await take(store.runs)
    const sent = opening(lease, 'key')
    await store.runs.openAttempts([sent], 2000)
    await take(store.runs, { token: 'second', isAlive: () => false })
    await store.runs.settleAttempts([settlement(sent, 'a reply', { calls: 1, tokens: 7, nanoUsd: 9 })], 3000)
    assert.equal((await store.runs.findReplies(['key'])).get('key')?.text, 'a reply')
    // Charged once, at its worst case: that was final when the lease changed hands.
    const { spent, reserved } = await store.runs.spending('run')
    assert.deepEqual({ spent, reserved }, { spent: sent.worst, reserved: { calls: 0, tokens: 0, nanoUsd: 0 } })
  }),

  storeLaw(
    'attempts left open are charged at their worst case when the run is taken over or closed, once',
    async store => {
      const { lease } = await take(store.runs)
      await store.runs.openAttempts([opening(lease, 'a', { tokens: 30 }), opening(lease, 'b', { tokens: 12 })], 1500)
      const second = await take(store.runs, { token: 'second', isAlive: () => false })
      const charged = { spent: { calls: 2, tokens: 42, nanoUsd: 2000 }, reserved: { calls: 0, tokens: 0, nanoUsd: 0 } }
      assert.deepEqual({ spent: second.run.spent, reserved: second.run.reserved }, charged)
      await take(store.runs, { token: 'second' })
      assert.deepEqual(await store.runs.spending('run'), charged)
      await store.runs.openAttempts([opening(second.lease, 'a', { tokens: 8 })], 1600)
      await store.runs.closeRun(second.lease, end, 1700)
      charged.spent = { calls: 3, tokens: 50, nanoUsd: 3000 }
      assert.deepEqual(await store.runs.spending('run'), charged)
    },
  ),

  storeLaw('a run that was closed is free at once, and closing it again changes nothing', async store => {
    const { lease } = await take(store.runs)
    await store.runs.closeRun(lease, end, 2000)
    await store.runs.closeRun(lease, end, 2000)
    const second = await take(store.runs, { token: 'second', nowMs: 2001 })
    assert.ok(second.lease.fence > lease.fence)
    await refused(store.runs.closeRun(lease, end, 2002), 'run-taken-over')
    await refused(take(store.runs, { token: 'third', nowMs: 2003 }), 'run-held')
  }),

  storeLaw(
    'a run opened again keeps what was frozen and spent, and takes the targets and budget now wanted',
    async store => {
      const first = await take(store.runs)
      await store.runs.openAttempts([opening(first.lease, 'a')], 1500)
      await store.runs.closeRun(first.lease, { state: 'budget', reason: 'no more', hint: '' }, 2000)
      const wanted = { targets: { oak: 500 }, budget: { calls: 9 } }
      const { run } = await take(store.runs, { token: 'second', position: 77, nowMs: 3000, ...wanted })
      assert.deepEqual(run.snapshot, first.run.snapshot)
      assert.deepEqual({ targets: run.targets, budget: run.budget }, wanted)
      assert.deepEqual(
        { state: run.state, reason: run.reason, calls: run.spent.calls },
        { state: 'running', reason: '', calls: 1 },
      )
    },
  ),

  storeLaw('of two that open a project through two connections at once, exactly one gets it', async store => {
    const other = await store.another()
    for (let round = 0; round < 8; round++) {
      const project = `grove-${round}`
      await store.createProject(project)
      const attempt = (runs: RunStore, token: string) => {
        const taking: Taking = { project, run: round % 2 === 0 ? project : `${project}-${token}`, token }
        return insisting(() => take(runs, taking))
      }
      const ends = await Promise.allSettled([attempt(store.runs, 'first'), attempt(other, 'second')])
      assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      for (const lost of ends) if (lost.status === 'rejected') await refused(Promise.reject(lost.reason), 'run-held')
    }
  }),
]
