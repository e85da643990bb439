/** What a run finds out about itself, in words: why it fell short, and where a model refuses. */
import type { RunEnd, RunRow, Tallies, Tally } from '../model/run.ts'
import type { RoundBook } from './round-book.ts'

/** Share of a cell’s units whose reply was a refusal, above which the run says so. */
const refusalsWorthSaying = 0.2

/** The end of a run whose short cells have all stalled. */
export function shortEnd({ targets, snapshot }: RunRow, book: RoundBook): RunEnd {
  const { stall } = snapshot.recipe.rounds
  const short = Object.entries(targets).filter(([cell, target]) => (book.tallies[cell]?.kept ?? 0) < target)
  const lines = short.map(([cell, target]) => {
    const tally = book.tallies[cell]
    const why = tally ? mainReason(tally) : 'nothing was proposed'
    const rounds = book.isStalled(cell, stall)
      ? `${stall} rounds in a row brought nothing new`
      : 'no more could be planned'
    return `${cell}: ${tally?.kept ?? 0} of ${target} kept; ${rounds} (${why})`
  })
  return {
    state: 'short',
    reason: lines.join('\n'),
    hint: 'See “cultivar runs rejects”. More varied seeds or slots, other instructions, another teacher or gentler critics may bring more; nothing was padded.',
  }
}

function mainReason({ candidates, rejected, failed, attempted }: Tally): string {
  const [critic, count] = Object.entries(rejected).sort((a, b) => b[1] - a[1])[0] ?? []
  const failures = Object.values(failed).reduce((sum, n) => sum + n, 0)
  if (failures > attempted / 2) return `${failures} of ${attempted} units failed, mostly with ${Object.keys(failed)[0]}`
  if (critic && count)
    return `“${critic}” rejected ${Math.round((100 * count) / candidates)} % of ${candidates} candidates`
  return candidates === 0 ? 'no candidates were proposed' : 'what was proposed belonged to other cells'
}

export function refusalNotes(tallies: Tallies): string[] {
  return Object.entries(tallies).flatMap(([cell, { rejected, attempted, candidates }]) => {
    const refused = rejected['refused'] ?? 0
    // Where a unit asks in stages, each of its rows may be refused.
    const asked = refused > attempted ? candidates : attempted
    if (asked === 0 || refused / asked <= refusalsWorthSaying) return []
    return [
      `${cell}: the model refused ${refused} of ${asked} requests. Say in the instructions what the data is for, soften the examples, or try another teacher (a local model, say).`,
    ]
  })
}
