/** Laws of the ledger: no call is paid twice, no budget is passed, the first reply counts, the sums add up. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { AttemptOpening, OpeningAnswer, RunStore } from '../engine/ports.ts'
import type { Spending } from '../model/run.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { insisting, opening, settlement, storeLaw, take } from './store-law.ts'
import { strangeTexts } from './strange-texts.ts'

const nothing: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }
const kinds = (answers: OpeningAnswer[]) => answers.map(({ kind }) => kind)
const add = (a: Spending, b: Spending): Spending => ({
  calls: a.calls + b.calls,
  tokens: a.tokens + b.tokens,
  nanoUsd: a.nanoUsd + b.nanoUsd,
})

export const ledgerLaws = [
  storeLaw('attempts opened twice are reserved once, and get the same answers', async ({ runs }) => {
    const { lease } = await take(runs, { budget: { calls: 2 } })
    const openings = ['a', 'b', 'c'].map(key => opening(lease, key))
    const answers = await runs.openAttempts(openings, 2000)
    assert.deepEqual(kinds(answers), ['opened', 'opened', 'no-room'])
    assert.deepEqual(await runs.openAttempts(openings, 2000), answers)
    const reserved = { calls: 2, tokens: 200, nanoUsd: 2000 }
    assert.deepEqual(await runs.spending('run'), { spent: nothing, reserved })
    await runs.closeRun(lease, { state: 'cancelled', reason: '', hint: '' }, 5000)
    assert.deepEqual((await runs.spending('run')).spent, reserved)
  }),

  storeLaw('attempts settled twice are charged once, and get the same replies', async ({ runs }) => {
    const { lease } = await take(runs)
    const [a, b] = [opening(lease, 'a'), opening(lease, 'b')]
    await runs.openAttempts([a, b], 2000)
    const settlements = [
      settlement(a, 'reply to a', { calls: 1, tokens: 40, nanoUsd: 400 }),
      {
        attempt: b.id,
        key: 'b',
        run: 'run',
        charged: { calls: 1, tokens: 0, nanoUsd: 0 },
        fault: 'transient: HTTP 500',
      },
    ]
    const replies = await runs.settleAttempts(settlements, 3000)
    assert.deepEqual(
      [...replies].map(([key, reply]) => [key, reply.text]),
      [['a', 'reply to a']],
    )
    assert.deepEqual(await runs.settleAttempts(settlements, 3000), replies)
    const spent = { calls: 2, tokens: 40, nanoUsd: 400 }
    assert.deepEqual(await runs.spending('run'), { spent, reserved: nothing })
    assert.deepEqual(kinds(await runs.openAttempts([opening(lease, 'a', {}, 'later')], 4000)), ['replied'])
    // What was answered from the ledger, or had no room, leaves nothing open that could be charged later.
    await runs.closeRun(lease, { state: 'cancelled', reason: '', hint: '' }, 5000)
    assert.deepEqual(await runs.spending('run'), { spent, reserved: nothing })
  }),

  storeLaw('the first durable reply to a call counts, and whoever comes later reads it', async ({ runs }) => {
    const first = await take(runs)
    const slow = opening(first.lease, 'key')
    await runs.openAttempts([slow], 2000)
    const second = await take(runs, { token: 'second', isAlive: () => false })
    const quick = opening(second.lease, 'key')
    assert.deepEqual(kinds(await runs.openAttempts([quick], 2000)), ['opened'])
    const charged = { calls: 1, tokens: 10, nanoUsd: 5 }
    await runs.settleAttempts([settlement(slow, 'came first', charged)], 3000)
    const read = await runs.settleAttempts([settlement(quick, 'came second', charged)], 3001)
    assert.equal(read.get('key')?.text, 'came first')
    assert.equal((await runs.findReplies(['key', 'unknown'])).get('key')?.text, 'came first')
    // The lost attempt at its worst case, the second at what it cost.
    assert.deepEqual(await runs.spending('run'), { spent: add(slow.worst, charged), reserved: nothing })
  }),

  storeLaw('a call that another run has open is left to it, until it is answered or that run is over', async store => {
    const { runs } = store
    await store.createProject('other')
    const mine = await take(runs)
    const theirs = await take(runs, { run: 'theirs', project: 'other', token: 'theirs', leaseMs: 60_000 })
    const [answered, abandoned] = ['answered', 'abandoned'].map(key => opening(theirs.lease, key)) as [
      AttemptOpening,
      AttemptOpening,
    ]
    await runs.openAttempts([answered, abandoned], 2000)
    const wanted = ['answered', 'abandoned'].map(key => opening(mine.lease, key))
    assert.deepEqual(kinds(await runs.openAttempts(wanted, 2000)), ['busy', 'busy'])
    assert.deepEqual((await runs.spending('run')).reserved, nothing)
    await runs.settleAttempts([settlement(answered, 'theirs', { calls: 1, tokens: 5, nanoUsd: 5 })], 3000)
    assert.deepEqual(kinds(await runs.openAttempts(wanted, 3000)), ['replied', 'busy'])
    assert.deepEqual(kinds(await runs.openAttempts(wanted, 61_000)), ['replied', 'opened'])
    assert.deepEqual(await runs.spending('theirs'), {
      spent: { calls: 2, tokens: 105, nanoUsd: 1005 },
      reserved: nothing,
    })
  }),

  storeLaw('no budget is ever passed, and nobody overtakes the first that does not fit', async store => {
    for (let seed = 0; seed < 10; seed++) await budgetHolds(store.runs, seed)
  }),

  storeLaw('two runs that want the same calls at once through two connections never both send one', async store => {
    await store.createProject('other')
    const [one, other] = [store.runs, await store.another()]
    const [a, b] = [await take(one), await take(one, { run: 'theirs', project: 'other', token: 'theirs' })]
    const keys = Array.from({ length: 60 }, (_, i) => `key ${i}`)
    const sent: string[] = []
    const work = async (runs: RunStore, lease: typeof a.lease, random: RandomStream) => {
      for (let missing = keys; missing.length > 0; ) {
        const openings = random
          .shuffle(missing)
          .slice(0, 12)
          .map(key => opening(lease, key))
        const answers = await insisting(() => runs.openAttempts(openings, 2000))
        const opened = openings.filter((_, i) => answers[i]?.kind === 'opened')
        sent.push(...opened.map(({ key }) => key))
        await delay(random.int(3))
        const charged = { calls: 1, tokens: 3, nanoUsd: 1 }
        if (opened.length > 0)
          await insisting(() =>
            runs.settleAttempts(
              opened.map(sent => settlement(sent, 'a reply', charged)),
              2000,
            ),
          )
        const found = await runs.findReplies(keys)
        missing = keys.filter(key => !found.has(key))
      }
    }
    await Promise.all([work(one, a.lease, randomStream('one')), work(other, b.lease, randomStream('other'))])
    assert.equal(new Set(sent).size, sent.length, `of ${keys.length} calls, ${sent.length} were sent`)
    const [mine, theirs] = [await one.spending('run'), await one.spending('theirs')]
    assert.deepEqual(add(mine.spent, theirs.spent), { calls: 60, tokens: 180, nanoUsd: 60 })
    assert.deepEqual(add(mine.reserved, theirs.reserved), nothing)
  }),

  storeLaw('the sums are right after fifty groups of transactions at once', async ({ runs }) => {
    const { lease } = await take(runs)
    const random = randomStream('groups')
    let expected = nothing
    await Promise.all(
      Array.from({ length: 50 }, async (_, group) => {
        const openings = ['x', 'y', 'z'].map(name =>
          opening(lease, `${group} ${name}`, { tokens: 50 + random.int(50) }),
        )
        const charges = openings.map(() => ({ calls: 1, tokens: 1 + random.int(50), nanoUsd: random.int(9) }))
        for (const charged of charges) expected = add(expected, charged)
        await insisting(() => runs.openAttempts(openings, 2000))
        await insisting(() =>
          runs.settleAttempts(
            openings.map((sent, i) => settlement(sent, 'ok', charges[i]!)),
            2000,
          ),
        )
      }),
    )
    assert.deepEqual(await runs.spending('run'), { spent: expected, reserved: nothing })
  }),

  storeLaw(
    'any text that a model or server can say is stored, and replies come back to the letter',
    async ({ runs }) => {
      const { lease } = await take(runs)
      for (const [name, text] of Object.entries(strangeTexts)) {
        const sent = opening(lease, `reply ${name}`)
        const failed = opening(lease, `fault ${name}`)
        await runs.openAttempts([sent, failed], 2000)
        const fault = { attempt: failed.id, key: failed.key, run: 'run', charged: nothing, fault: `transient: ${text}` }
        await runs.settleAttempts([settlement(sent, text, { calls: 1, tokens: 1, nanoUsd: 0 }), fault], 3000)
        assert.equal((await runs.findReplies([sent.key])).get(sent.key)?.text, text, name)
      }
      assert.deepEqual((await runs.spending('run')).reserved, nothing)
      const reason = `failed: ${Object.values(strangeTexts).join()}`
      await runs.closeRun(lease, { state: 'provider-failed', reason, hint: reason }, 4000)
    },
  ),
]

/** A random history of one run against what it should come to, step by step. */
async function budgetHolds(runs: RunStore, seed: number): Promise<void> {
  const random = randomStream(`budget ${seed}`)
  const budget = {
    ...(random.int(3) > 0 ? { calls: random.int(20) } : {}),
    ...(random.int(3) > 0 ? { tokens: random.int(1500) } : {}),
    ...(random.int(3) > 0 ? { nanoUsd: random.int(20_000) } : {}),
  }
  const { lease } = await take(runs, { run: `run ${seed}`, token: `seed ${seed}`, nowMs: 100_000 * (seed + 1), budget })
  let [spent, reserved, made] = [nothing, nothing, 0]
  const open: AttemptOpening[] = []
  const fits = (worst: Spending) =>
    (['calls', 'tokens', 'nanoUsd'] as const).every(
      unit => spent[unit] + reserved[unit] + worst[unit] <= (budget[unit] ?? Number.POSITIVE_INFINITY),
    )
  for (let turn = 0; turn < 20; turn++) {
    const openings = Array.from({ length: random.int(5) }, () =>
      opening(lease, `${seed} ${made++}`, { tokens: random.int(300), nanoUsd: random.int(4000) }),
    )
    let full = false
    const expected = openings.map(wanted => {
      full ||= !fits(wanted.worst)
      if (full) return 'no-room'
      reserved = add(reserved, wanted.worst)
      open.push(wanted)
      return 'opened'
    })
    assert.deepEqual(kinds(await runs.openAttempts(openings, lease.fence)), expected, `seed ${seed}, turn ${turn}`)
    const settling = random.shuffle(open).slice(0, random.int(4))
    const settlements = settling.map(sent => {
      open.splice(open.indexOf(sent), 1)
      const charged = {
        calls: random.int(2),
        tokens: random.int(sent.worst.tokens + 1),
        nanoUsd: random.int(sent.worst.nanoUsd + 1),
      }
      reserved = add(reserved, { calls: -1, tokens: -sent.worst.tokens, nanoUsd: -sent.worst.nanoUsd })
      spent = add(spent, charged)
      return { attempt: sent.id, key: sent.key, run: sent.run, charged, fault: 'transient: HTTP 500' }
    })
    await runs.settleAttempts(settlements, 1000)
    assert.deepEqual(await runs.spending(lease.run), { spent, reserved }, `seed ${seed}, turn ${turn}`)
  }
}
