/** Calibration: a person judges what a critic graded, and how far the two agree says where the critic's threshold should be. */
import { CultivarError } from '../../model/error.ts'
import type { StoredRecord } from '../../model/record.ts'
import { type Confusion, cohenKappa, confusionOf } from '../../stats/cohen-kappa.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { requireRun } from '../find-stored.ts'
import { readRunFile, writeRunFile } from '../run-files.ts'
import type { Workspace } from '../workspace.ts'
import { drawSample, gradingCritics, type SampledCandidate } from './calibration-sample.ts'

export interface Judgement {
  good: boolean
  who: string
  atMs: number
}

/** Kept in the run's folder, so that a person can stop and go on. */
export interface Calibration {
  run: string
  critic: string
  sample: SampledCandidate[]
  /** By record. */
  judgements: Record<string, Judgement>
}

export interface CalibrationReport {
  run: string
  critic: string
  sampled: number
  judged: number
  /** Lowest grade that the critic let pass; absent if it let none pass. */
  threshold?: number
  /** Of the judged, and of all graded candidates as the judged stand for them. */
  counts: Confusion
  estimated: Confusion
  /** Share of all candidates on which the two agree. */
  agreement: number
  kappa?: number
  /** 95 %, by resampling within grades. */
  kappaInterval?: [number, number]
  /** What each threshold would do, lowest first. */
  thresholds: ThresholdEffect[]
  /** The threshold at which they agree best. */
  suggested?: number
  warnings: string[]
}

interface ThresholdEffect {
  keep: number
  kappa?: number
  /** Share of what it keeps that the person would keep. */
  precision?: number
  /** Share of what the person would keep that it keeps. */
  recall?: number
}

/** With fewer judgements than these, chance decides. */
const enoughJudgements = 30
const resamples = 1000

/**
 * Takes the calibration up that was begun, or draws its sample. Without a critic, the only one that gives grades.
 *
 * @throws CultivarError `not-found` (run, nothing graded), `bad-input` where several critics give grades and none is named.
 */
export async function openCalibration(
  workspace: Workspace,
  id: string,
  choice: { critic?: string; size?: number; seed?: number } = {},
): Promise<Calibration> {
  const run = await requireRun(workspace, id)
  const critic = choice.critic ?? (await onlyCritic(workspace, id))
  const begun = await readRunFile(workspace, run.id, fileOf(critic))
  if (begun !== undefined) return JSON.parse(begun) as Calibration
  const { size = 40, seed = 0 } = choice
  return { run: run.id, critic, sample: await drawSample(workspace, run, { critic, size, seed }), judgements: {} }
}

/** Those that wait for a judgement, in the order to be shown. */
export async function waitingRecords(workspace: Workspace, calibration: Calibration): Promise<StoredRecord[]> {
  const ids = calibration.sample.map(({ record }) => record).filter(id => !calibration.judgements[id])
  const found = new Map((await workspace.store.recordsById(ids)).map(record => [record.id, record]))
  return ids.flatMap(id => found.get(id) ?? [])
}

/** Stores judgements, each in place of an earlier one of the same record. Throws `bad-input` for a record that is not in the sample. */
export async function addJudgements(
  workspace: Workspace,
  calibration: Calibration,
  judgements: Record<string, Judgement>,
): Promise<Calibration> {
  const sampled = new Set(calibration.sample.map(({ record }) => record))
  const stray = Object.keys(judgements).find(record => !sampled.has(record))
  if (stray !== undefined) {
    throw new CultivarError(
      'bad-input',
      `Record ${stray} is not in the sample of ${calibration.critic}.`,
      'Judge the records that “cultivar runs calibrate --to FILE” wrote.',
    )
  }
  const next = { ...calibration, judgements: { ...calibration.judgements, ...judgements } }
  await writeRunFile(workspace, next.run, fileOf(next.critic), `${JSON.stringify(next, null, 2)}\n`)
  return next
}

export function calibrationReport({ run, critic, sample, judgements }: Calibration): CalibrationReport {
  const judged = reweighted(
    sample.filter(({ record }) => judgements[record]),
    sample,
  )
  const goodOf = ({ record }: SampledCandidate) => judgements[record]!.good
  const at = (candidates: SampledCandidate[], keeps: (candidate: SampledCandidate) => boolean) =>
    confusionOf(candidates.map(each => ({ person: goodOf(each), critic: keeps(each), weight: each.weight })))
  const passed = (candidate: SampledCandidate) => candidate.pass
  const estimated = at(judged, passed)
  const kappa = cohenKappa(estimated)
  const interval = kappa === undefined ? undefined : kappaInterval(judged, each => cohenKappa(at(each, passed)))
  const threshold = Math.min(...sample.filter(passed).map(({ score }) => score))
  const thresholds = [...new Set(sample.map(({ score }) => score))]
    .sort((a, b) => a - b)
    .map(keep =>
      effectOf(
        keep,
        at(judged, ({ score }) => score >= keep),
      ),
    )
  const suggested = bestOf(thresholds, threshold)
  const total = sumOf(estimated)
  return {
    ...{ run, critic, sampled: sample.length, judged: judged.length },
    ...(Number.isFinite(threshold) && { threshold }),
    counts: at(
      judged.map(each => ({ ...each, weight: 1 })),
      passed,
    ),
    estimated,
    agreement: total > 0 ? (estimated.bothKeep + estimated.neither) / total : 0,
    ...(kappa !== undefined && { kappa }),
    ...(interval && { kappaInterval: interval }),
    thresholds,
    ...(suggested !== undefined && { suggested }),
    warnings: warningsOf(judged.length, estimated),
  }
}

/** Those judged stand for those of their grade that were not. */
function reweighted(judged: SampledCandidate[], sample: SampledCandidate[]): SampledCandidate[] {
  const weights = (candidates: SampledCandidate[]) =>
    new Map(
      [...Map.groupBy(candidates, ({ stratum }) => stratum)].map(([name, all]) => [
        name,
        all.reduce((sum, { weight }) => sum + weight, 0),
      ]),
    )
  const [whole, seen] = [weights(sample), weights(judged)]
  return judged.map(each => ({
    ...each,
    weight: (each.weight * whole.get(each.stratum)!) / seen.get(each.stratum)!,
  }))
}

function kappaInterval(
  judged: SampledCandidate[],
  kappaOf: (candidates: SampledCandidate[]) => number | undefined,
): [number, number] | undefined {
  const strata = [...Map.groupBy(judged, ({ stratum }) => stratum).values()]
  const random = randomStream('calibration')
  const kappas = Array.from({ length: resamples }, (_, turn) => {
    const draws = random.fork(turn)
    return kappaOf(strata.flatMap((all, stratum) => all.map((_, at) => draws.fork(`${stratum} ${at}`).pick(all))))
  })
  const sorted = kappas.filter(kappa => kappa !== undefined).sort((a, b) => a - b)
  if (sorted.length < resamples / 2) return undefined
  return [sorted[Math.floor(0.025 * sorted.length)]!, sorted[Math.ceil(0.975 * sorted.length) - 1]!]
}

function effectOf(keep: number, confusion: Confusion): ThresholdEffect {
  const { bothKeep, personOnly, criticOnly } = confusion
  const kappa = cohenKappa(confusion)
  return {
    keep,
    ...(kappa !== undefined && { kappa }),
    ...(bothKeep + criticOnly > 0 && { precision: bothKeep / (bothKeep + criticOnly) }),
    ...(bothKeep + personOnly > 0 && { recall: bothKeep / (bothKeep + personOnly) }),
  }
}

/** The best agreement; of equal ones the present threshold, else the strictest. */
function bestOf(thresholds: ThresholdEffect[], present: number): number | undefined {
  const known = thresholds.filter(({ kappa }) => kappa !== undefined)
  const best = Math.max(...known.map(({ kappa }) => kappa!))
  const equal = known.filter(({ kappa }) => kappa === best)
  return (equal.find(({ keep }) => keep === present) ?? equal.at(-1))?.keep
}

function warningsOf(judged: number, confusion: Confusion): string[] {
  const { bothKeep, personOnly, criticOnly, neither } = confusion
  return [
    ...(judged < enoughJudgements
      ? [`Only ${judged} judged: with fewer than ${enoughJudgements}, chance decides much of this.`]
      : []),
    ...(judged > 0 && bothKeep + personOnly === 0 ? ['You kept none of them: there is no agreement to measure.'] : []),
    ...(judged > 0 && criticOnly + neither === 0 ? ['You kept all of them: there is no agreement to measure.'] : []),
  ]
}

function sumOf({ bothKeep, personOnly, criticOnly, neither }: Confusion): number {
  return bothKeep + personOnly + criticOnly + neither
}

async function onlyCritic(workspace: Workspace, id: string): Promise<string> {
  const run = await requireRun(workspace, id)
  const critics = [...(await gradingCritics(workspace, run)).keys()]
  if (critics.length === 1) return critics[0]!
  throw new CultivarError(
    critics.length === 0 ? 'not-found' : 'bad-input',
    critics.length === 0 ? `No critic of run ${run.id} gives grades.` : `Several critics of run ${run.id} give grades.`,
    critics.length === 0
      ? 'A judge does, or a pipeline with a critic between its stages.'
      : `Name one with --critic: ${critics.join(', ')}.`,
  )
}

function fileOf(critic: string): `calibration-${string}.json` {
  return `calibration-${critic.replace(/[^a-z0-9_-]/gi, '_')}.json`
}
