/** A small run as the engine would leave it: one kept record, one rejected, one surplus, one failed unit. */
import type { RunStore } from '../src/engine/ports.ts'
import { recipe } from '../src/model/recipe.ts'
import type { Verdict } from '../src/model/record.ts'
import type { ModelRequest, Reply } from '../src/model/request.ts'
import { type Candidate, emptyTally, type Unit } from '../src/model/run.ts'

/** Ledger keys of the calls: `ask` gave three candidates, `again` was a re-ask of the unit, `judged*` led to verdicts. */
export const calls = { ask: 'ask', again: 'again', judgedKept: 'judged-kept', judgedRejected: 'judged-rejected' }

/** Grows the run `id` in `project`, which must exist; seeds are recorded as given. Costs 10 tokens and 7 nano-dollars a call. */
export async function growTinyRun(
  runs: RunStore,
  { project, id = 'aaaa000000', seeds = [] }: { project: string; id?: string; seeds?: string[] },
): Promise<{ kept: string; rejected: string; surplus: string }> {
  const opened = await runs.openRun(
    { id, project, identity: `identity of ${id}`, snapshot: snapshot(project) },
    { targets: { lost: 1 }, budget: {} },
    { holder: { token: id, pid: 1, host: 'here', sinceMs: 0 }, nowMs: 1000, leaseMs: 1000, isAlive: () => true },
  )
  const { lease } = opened
  const units: Unit[] = [0, 1].map(ordinal => ({ ordinal, round: 0, cell: 'lost', cellOrdinal: ordinal, asks: 3 }))
  const round = { number: 0, firstUnit: 0, units: 2, known: 0, feedback: {}, tallies: {}, selected: false }
  await runs.planRound(lease, round, units)
  await callModel(runs, id, lease.fence)

  const candidates = [
    candidate(0, 'My card is gone', seeds, { critic: 'judge', pass: true, score: 3, calls: [calls.judgedKept] }),
    candidate(1, 'What is a card?', seeds, {
      critic: 'judge',
      pass: false,
      score: 1,
      reason: 'off topic',
      calls: [calls.judgedRejected],
    }),
    candidate(2, 'I lost my card', seeds, { critic: 'judge', pass: true, score: 3 }),
  ]
  const proposed = { state: 'proposed' as const, candidates, calls: Object.values(calls) }
  const failed = { state: 'failed' as const, code: 'gave-up', message: 'four time-outs in a row', calls: [] }
  const tally = {
    ...emptyTally(),
    ...{ units: 2, attempted: 2, asked: 6, candidates: 3, yielded: 1, kept: 1, surplus: 1 },
    ...{ rejected: { judge: 1 }, failed: { 'gave-up': 1 } },
  }
  const outcomes = ['kept', 'rejected', 'surplus'] as const
  await runs.advance(
    {
      lease,
      from: 0,
      to: 2,
      units: [
        { unit: units[0]!, outcome: proposed },
        { unit: units[1]!, outcome: failed },
      ],
      records: candidates.map((proposal, item) => ({
        ...{ ...proposal, id: `${id}.0.${item}`, outcome: outcomes[item]!, split: 'train' as const },
        ...{ tags: ['synthetic'], run: id, unit: 0, item },
      })),
      rounds: [{ number: 0, tallies: { lost: tally }, selected: true }],
    },
    2000,
  )
  await runs.closeRun(lease, { state: 'done', reason: '', hint: '' }, 3000)
  return { kept: `${id}.0.0`, rejected: `${id}.0.1`, surplus: `${id}.0.2` }
}

function snapshot(project: string) {
  return {
    ...{ recipe: recipe.parse({ project, generator: 'few-shot', target: 1 }), position: 0, existing: {} },
    ...{ material: null, criticMaterial: [], cells: ['lost'], versions: {}, jsonModes: {} },
    ...{ expectedYield: 1, perUnit: 3, roundSize: 64 },
  }
}

function candidate(index: number, text: string, seeds: string[], verdict: Verdict): Candidate {
  return {
    fields: { text },
    labels: ['lost'],
    spans: [],
    cell: 'lost',
    call: calls.ask,
    index,
    verdicts: [verdict],
    seeds,
  }
}

async function callModel(runs: RunStore, run: string, fence: number): Promise<void> {
  const keys = Object.values(calls)
  const charged = { calls: 1, tokens: 10, nanoUsd: 7 }
  const reply: Reply = { text: 'a reply', finish: 'stop', inputTokens: 6, outputTokens: 4 }
  const request = (key: string): ModelRequest => ({
    kind: 'chat',
    messages: [{ role: 'user', content: `please ${key}` }],
    maxOutputTokens: 100,
  })
  const opening = (key: string) => ({ id: `${run}/${key}`, key, run, unit: 0, fence, worst: charged })
  await runs.openAttempts(keys.map(opening), 1500)
  await runs.settleAttempts(
    keys.map(key => ({
      ...{ attempt: `${run}/${key}`, key, run, charged },
      call: { provider: 'teacher', model: 'm1', request: request(key), reply },
    })),
    1600,
  )
}
