/** Proves whether what was grown helps: the same test, with and without it, and against what is had for nothing. */
import { availableParallelism } from 'node:os'
import { pooledOutcomes, type TextOutcome } from '../../metrics/outcome.ts'
import { type Difference, type Scores, scoreDifferences, scoresOf } from '../../metrics/scores.ts'
import { CultivarError } from '../../model/error.ts'
import type { Task } from '../../model/example.ts'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import { spelledChange } from '../spelled.ts'
import type { Workspace } from '../workspace.ts'
import type { SplitChoice } from './divide-examples.ts'
import { fitModel, hasSeveralLabels } from './fit-model.ts'
import { outcomesOf } from './outcomes-of.ts'
import { type ProjectExample, projectExamples } from './project-examples.ts'

/** What is learned from: real records alone, weighted to balance, some of them twice instead of what was grown, or with what was grown. */
export const arms = ['real', 'weights', 'duplicated', 'grown'] as const
export type Arm = (typeof arms)[number]

export type Verdict = 'helps' | 'no difference' | 'harms'

interface LabelProof {
  label: string
  real: number
  grown: number
  f1: Record<Arm, number>
  /** Of `grown` over `real`, paired, with 95 %. */
  difference: Difference
}

export interface Proof {
  project: string
  task: Task
  seeds: number
  /** Records to learn from and to test on; of each seed, nine tenths of the real ones are learned from. */
  records: { real: number; grown: number; test: number }
  scores: Record<Arm, Pick<Scores, 'macro' | 'micro' | 'accuracy'>>
  /** Of macro F1: `grown` over each of the others. */
  differences: Record<Exclude<Arm, 'grown'>, Difference>
  /** The worst of `real` first. */
  labels: LabelProof[]
  /** Of `grown` over `real`, by the interval. */
  verdict: Verdict
  words: string
  notes: string[]
}

export interface ProveOptions {
  project: string
  split?: Omit<SplitChoice, 'seed'>
  seeds?: number
  seed?: number
  signal?: AbortSignal
  observe?: (progress: { stage: string; share: number }) => void
}

/** Of the real records, in each seed. */
const learnedShare = 0.9

/** @throws CultivarError `bad-input` if nothing was grown, or nothing is there to test on. */
export async function prove(workspace: Workspace, options: ProveOptions): Promise<Proof> {
  const { project, seeds = 5, seed = 1, observe, signal } = options
  const { task, train, test, notes } = await projectExamples(workspace, project, { ...options.split, seed })
  const real = train.filter(each => each.real)
  const grown = train.filter(each => !each.real)
  if (grown.length === 0) throw nothingGrown(project)
  const multiLabel = hasSeveralLabels(task, [...train, ...test])
  const jobs = Array.from({ length: seeds }, (_, at) => at).flatMap(at => arms.map(arm => ({ at, arm })))
  const outcomes = new Map<Arm, TextOutcome[][]>(arms.map(arm => [arm, []]))
  const failing = new AbortController()
  const stopping = AbortSignal.any([failing.signal, ...(signal ? [signal] : [])])
  let done = 0
  const work = async ({ at, arm }: (typeof jobs)[number]) => {
    const examples = examplesOf(arm, real, grown, randomStream(`prove ${seed} ${at}`))
    const classWeights = arm === 'weights' ? 'balanced' : undefined
    const fitting = { task, multiLabel, seed: seed + at, classWeights } as const
    const { model } = await fitModel(examples, fitting, { signal: stopping })
    outcomes.get(arm)![at] = outcomesOf(task, model, test)
    done++
    observe?.({ stage: `training ${jobs.length} models`, share: done / jobs.length })
  }
  try {
    await together(jobs, work)
  } finally {
    failing.abort()
  }
  const pooled = new Map(arms.map(arm => [arm, pooledOutcomes(outcomes.get(arm)!)]))
  return {
    project,
    task,
    seeds,
    records: { real: real.length, grown: grown.length, test: test.length },
    ...compared(pooled, { real, grown, task, seed }),
    notes,
  }
}

/** What was grown from a record that a seed leaves out is left out with it: it would bring back what that record says. */
function examplesOf(arm: Arm, real: ProjectExample[], grown: ProjectExample[], random: RandomStream): ProjectExample[] {
  const drawn = random
    .fork('real')
    .shuffle(real)
    .slice(0, Math.max(1, Math.round(learnedShare * real.length)))
  const known = new Set(drawn.map(({ id }) => id))
  const all = new Set(real.map(({ id }) => id))
  const own = grown.filter(({ seeds }) => seeds.every(id => known.has(id) || !all.has(id)))
  if (arm === 'grown') return [...drawn, ...own]
  return arm === 'duplicated' ? [...drawn, ...standIns(drawn, own, random.fork('duplicates'))] : drawn
}

/** As many copies of real records of each label as were grown of it. */
function standIns(real: ProjectExample[], grown: ProjectExample[], random: RandomStream): ProjectExample[] {
  const byLabel = new Map<string, ProjectExample[]>()
  for (const example of real)
    for (const label of labelsOf(example)) byLabel.set(label, [...(byLabel.get(label) ?? []), example])
  return grown.map(example => random.pick(byLabel.get(labelsOf(example)[0] ?? '') ?? real))
}

function labelsOf({ labels, entities }: ProjectExample): string[] {
  return labels.length > 0 ? labels : [...new Set(entities.map(({ label }) => label))]
}

function compared(
  pooled: Map<Arm, TextOutcome[]>,
  { real, grown, task, seed }: { real: ProjectExample[]; grown: ProjectExample[]; task: Task; seed: number },
): Pick<Proof, 'scores' | 'differences' | 'labels' | 'verdict' | 'words'> {
  const byArm = <T>(of: (arm: Arm) => T) => Object.fromEntries(arms.map(arm => [arm, of(arm)])) as Record<Arm, T>
  const scores = byArm(arm => scoresOf(pooled.get(arm)!))
  const differencesTo = (arm: Arm) =>
    scoreDifferences(pooled.get(arm)!, pooled.get('grown')!, randomStream(`differences ${seed} ${arm}`))
  const all = byArm(differencesTo)
  const f1Of = (arm: Arm, label: string) => scores[arm].labels.find(each => each.label === label)?.f1 ?? 0
  const countOf = (examples: ProjectExample[], label: string) =>
    examples.reduce(
      (sum, { labels, entities }) =>
        sum +
        (task === 'entities' ? entities.filter(each => each.label === label).length : Number(labels.includes(label))),
      0,
    )
  const labels = all.real.labels
    .map(({ label, value, interval }) => ({
      ...{ label, real: countOf(real, label), grown: countOf(grown, label) },
      f1: byArm(arm => f1Of(arm, label)),
      difference: { value, interval },
    }))
    .sort((a, b) => a.f1.real - b.f1.real)
  const differences = { real: all.real.macroF1, weights: all.weights.macroF1, duplicated: all.duplicated.macroF1 }
  const verdict = verdictOf(differences.real)
  return {
    scores: byArm(arm => ({ macro: scores[arm].macro, micro: scores[arm].micro, accuracy: scores[arm].accuracy })),
    ...{ differences, labels, verdict },
    words: inWords(verdict, differences),
  }
}

/** Sure only where the interval leaves no doubt about the direction. */
export function verdictOf({ interval: { low, high } }: Difference): Verdict {
  return low > 0 ? 'helps' : high < 0 ? 'harms' : 'no difference'
}

const said: Record<Verdict, string> = {
  helps: 'What was grown helps',
  'no difference': 'What was grown makes no difference that this test could show',
  harms: 'What was grown harms',
}

function inWords(verdict: Verdict, { real, weights, duplicated }: Proof['differences']): string {
  const points = ({ value, interval }: Difference) =>
    `${spelledChange(value, 3)} (95 %: ${spelledChange(interval.low, 3)} to ${spelledChange(interval.high, 3)})`
  const besides = [
    ['class weights', weights],
    ['duplicated records', duplicated],
  ] as const
  const more = besides.map(([name, difference]) => `over ${name} ${points(difference)}`)
  return `${said[verdict]}: macro F1 ${points(real)} over real records alone; ${more.join('; ')}.`
}

/** As many at once as there are cores. The first failure ends the waiting. */
async function together<T>(jobs: readonly T[], work: (job: T) => Promise<void>): Promise<void> {
  const waiting = jobs.values()
  const lane = async () => {
    for (const job of waiting) await work(job)
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, lane))
}

function nothingGrown(project: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Project “${project}” holds nothing that was grown: there is nothing to prove.`,
    'Grow something first: cultivar run few-shot --param label=LABEL --target 50, or cultivar improve.',
  )
}
