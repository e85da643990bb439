/** Which leaves of a taxonomy the teacher mastered before anything was grown: those whose seed questions it answered unseen. */
import type { RunRow, Tallies } from '../../model/run.ts'
import { spelledCounts } from '../spelled.ts'
import type { Workspace } from '../workspace.ts'

/** Under this name a generator rejects its trial questions, with score 1 where the teacher knew the answer. */
const critic = 'probe'

export interface Probed {
  cell: string
  /** Seed questions answered as the seed does, of those asked. */
  known: number
  asked: number
}

/** Per cell, in the order they come; none where nothing was probed. */
export async function probedCells({ store }: Workspace, run: RunRow, tallies: Tallies): Promise<Probed[]> {
  const probed = new Map<string, Probed>()
  if (!Object.values(tallies).some(({ rejected }) => critic in rejected)) return []
  for await (const { cell, verdicts } of store.streamRejects(run.id, { outcomes: ['rejected'] })) {
    const verdict = verdicts.find(each => each.critic === critic)
    if (verdict?.score === undefined) continue
    const counts = probed.get(cell) ?? { cell, known: 0, asked: 0 }
    counts.asked++
    if (verdict.score >= 1) counts.known++
    probed.set(cell, counts)
  }
  return [...probed.values()]
}

/** A sentence that lists what the teacher knows already; none if it knows nothing whole. */
export function masteredNotes(probed: readonly Probed[]): string[] {
  const mastered = probed.filter(({ known, asked }) => known === asked)
  if (mastered.length === 0) return []
  const listed = mastered.map(({ cell, asked }) => `${cell} (${asked} of ${asked})`).join(', ')
  return [
    `The teacher answered the seed questions of ${spelledCounts(mastered.length, 'leaf', 'leaves')} unseen, so they ask for little that it does not know: ${listed}. Harder seeds there would be worth more than more rows.`,
  ]
}
