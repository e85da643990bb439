/** The ledger at work on a budget: whoever does not fit waits while there is hope, the lowest unit goes first, and the end is told to all. */
import { expect, it } from 'vitest'
import { openGrove } from '../../test/grove.ts'
import type { RunRow, Spending } from '../model/run.ts'
import { opening, take } from '../testing/store-law.ts'
import { Ledger } from './ledger.ts'
import type { AttemptOpening } from './ports.ts'
import { RunStop } from './run-stop.ts'

const nothing: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }

async function openLedger(budget: RunRow['budget']) {
  const grove = await openGrove()
  const { lease, run } = await take(grove.runs, { budget })
  const stop = new AbortController()
  const ledger = new Ledger(grove.clock, grove.runs, run.spent, stop.signal, work => work())
  const told: string[] = []
  const sent = new Map<number, AttemptOpening>()
  const wait = (unit: number, tokens = 100) => {
    const wanted = { ...opening(lease, `key ${unit}`, { tokens }), unit }
    sent.set(unit, wanted)
    void ledger.open(wanted).then(
      reply => told.push(reply ? `${unit} replied` : `${unit} opened`),
      (error: unknown) => told.push(`${unit} ${error instanceof RunStop ? error.end.state : error}`),
    )
  }
  const settle = (unit: number, charged: Spending) => {
    const { id, key, run } = sent.get(unit)!
    void ledger.settle({ attempt: id, key, run, charged, fault: 'rate-limit: slow down' })
  }
  /** Lets everything happen that can, and returns whom something was told since. */
  const settled = async () => {
    let over = false
    grove.after(100, () => (over = true))
    await grove.clock.run(() => over)
    return told.splice(0)
  }
  return { ledger, stop, wait, settle, settled, close: () => grove.database.close() }
}

it('lets whoever does not fit wait while a call is open, and the lowest unit go first', async () => {
  const { wait, settle, settled, ledger, close } = await openLedger({ calls: 2 })
  for (const unit of [5, 6]) wait(unit)
  expect(await settled()).toEqual(['5 opened', '6 opened'])
  for (const unit of [9, 3, 7]) wait(unit)
  expect(await settled()).toEqual([])
  settle(6, nothing)
  expect(await settled()).toEqual(['3 opened'])
  settle(5, { calls: 1, tokens: 0, nanoUsd: 0 })
  expect(await settled()).toEqual([])
  settle(3, nothing)
  expect(await settled()).toEqual(['7 opened'])
  settle(7, { calls: 1, tokens: 0, nanoUsd: 0 })
  expect(await settled()).toEqual(['9 budget'])
  expect(ledger.spent.calls).toBe(2)
  await close()
})

it('lets nobody overtake a large call that waits for room', async () => {
  const { wait, settle, settled, close } = await openLedger({ tokens: 1000 })
  wait(1, 600)
  expect(await settled()).toEqual(['1 opened'])
  wait(2, 900)
  wait(3, 100)
  expect(await settled()).toEqual([])
  settle(1, { calls: 1, tokens: 100, nanoUsd: 0 })
  expect(await settled()).toEqual(['2 opened'])
  settle(2, { calls: 1, tokens: 100, nanoUsd: 0 })
  expect(await settled()).toEqual(['3 opened'])
  await close()
})

it('tells all who wait as soon as no open call can make room any more, or the run stops', async () => {
  const spent = await openLedger({ calls: 0 })
  for (const unit of [2, 1]) spent.wait(unit)
  expect(await spent.settled()).toEqual(['1 budget', '2 budget'])
  await spent.close()

  const stopped = await openLedger({ calls: 1 })
  for (const unit of [1, 2]) stopped.wait(unit)
  expect(await stopped.settled()).toEqual(['1 opened'])
  stopped.stop.abort('enough')
  stopped.settle(1, nothing)
  expect(await stopped.settled()).toEqual(['2 enough'])
  await stopped.close()
})
