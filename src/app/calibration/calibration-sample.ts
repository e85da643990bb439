/** Candidates of a run that a critic graded, drawn for a person to judge: the same number of each grade, so that the rare ones are seen too. */
import { CultivarError } from '../../model/error.ts'
import type { RunRow } from '../../model/run.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { Reservoir } from '../../stats/reservoir.ts'
import type { TracedRecord } from '../../stores/record-queries.ts'
import type { Workspace } from '../workspace.ts'

export interface SampledCandidate {
  record: string
  score: number
  /** Whether the critic let it pass. */
  pass: boolean
  /** Those drawn together, from all candidates of one grade. */
  stratum: string
  /** How many graded candidates it stands for. */
  weight: number
}

type Graded = Pick<SampledCandidate, 'record' | 'score' | 'pass'>

/** More grades than these are of no scale: then only what passed and what did not is told apart. */
const mostGrades = 12

/** Critics that graded candidates of the run, with how many, most first. */
export async function gradingCritics(workspace: Workspace, run: RunRow): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const { verdicts } of candidatesOf(workspace, run)) {
    for (const { critic, score } of verdicts) if (score !== undefined) counts.set(critic, (counts.get(critic) ?? 0) + 1)
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1]))
}

/**
 * About `size` candidates in an order that tells nothing; the same run, critic and seed give the same.
 *
 * @throws CultivarError `not-found` if the critic graded none.
 */
export async function drawSample(
  workspace: Workspace,
  run: RunRow,
  { critic, size, seed }: { critic: string; size: number; seed: number },
): Promise<SampledCandidate[]> {
  const random = randomStream(`${seed}`).fork('calibration').fork(critic)
  const counts = new Map<number, number>()
  for await (const { score } of gradedBy(workspace, run, critic)) counts.set(score, (counts.get(score) ?? 0) + 1)
  if (counts.size === 0) throw await nothingGraded(workspace, run, critic)
  const stratumOf = ({ score, pass }: { score: number; pass: boolean }) =>
    counts.size > mostGrades ? `${pass}` : `${score} ${pass}`
  const strata = new Map<string, { seen: number; drawn: Reservoir<Graded> }>()
  for await (const candidate of gradedBy(workspace, run, critic)) {
    const name = stratumOf(candidate)
    const stratum = strata.get(name) ?? { seen: 0, drawn: new Reservoir<Graded>(size, random.fork(name)) }
    strata.set(name, stratum)
    stratum.seen++
    stratum.drawn.add(candidate)
  }
  const shares = evenShares(
    [...strata.values()].map(({ drawn }) => drawn.items.length),
    size,
  )
  const sample = [...strata].flatMap(([stratum, { seen, drawn }], at) => {
    const chosen = drawn.items.slice(0, shares[at])
    return chosen.map(candidate => ({ ...candidate, stratum, weight: seen / chosen.length }))
  })
  return random.fork('order').shuffle(sample)
}

/** As even as what there is allows, `total` in all. */
function evenShares(available: number[], total: number): number[] {
  const shares = available.map(() => 0)
  for (
    let left = Math.min(
      total,
      available.reduce((sum, count) => sum + count, 0),
    );
    left > 0;
  ) {
    for (const [at, count] of available.entries()) {
      if (left === 0 || shares[at]! >= count) continue
      shares[at]!++
      left--
    }
  }
  return shares
}

async function* gradedBy(workspace: Workspace, run: RunRow, critic: string): AsyncGenerator<Graded> {
  for await (const { id, verdicts } of candidatesOf(workspace, run)) {
    const verdict = verdicts.find(each => each.critic === critic && each.score !== undefined)
    if (verdict) yield { record: id, score: verdict.score!, pass: verdict.pass }
  }
}

async function* candidatesOf({ store }: Workspace, { id, project }: RunRow): AsyncGenerator<TracedRecord> {
  yield* store.streamRecords(project, { run: id })
  yield* store.streamRejects(id)
}

async function nothingGraded(workspace: Workspace, run: RunRow, critic: string): Promise<CultivarError> {
  const critics = await gradingCritics(workspace, run)
  return new CultivarError(
    'not-found',
    `Critic “${critic}” graded nothing in run ${run.id}.`,
    critics.size > 0 ? `These did: ${[...critics.keys()].join(', ')}.` : 'No critic of this run gives grades.',
  )
}
