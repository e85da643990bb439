/** What may be done in a thread of its own; each loads what it needs there, and gives back little. */
import type { ReadTableOptions } from '../table-files/index.ts'
import type { ImproveOptions } from './improve/improvement.ts'
import type { Watching } from './in-thread.ts'
import type { VersionComparison } from './models/compare-versions.ts'
import type { TrainingPreview, TrainingPreviewChoice } from './models/preview-training.ts'
import type { ProveOptions } from './models/prove.ts'
import type { TrainOptions } from './models/train-model.ts'
import type { SimulationWork } from './simulations/simulation-works.ts'
import type { CasesChoice, SuiteRunInput } from './suites/run-trial-on.ts'
import type { PeekedTable } from './tables/peek-tables.ts'
import type { ModelPreview, previewModel } from './tables/preview-model.ts'
import type { CompareWork, FitWork, InjectWork, SampleWork } from './tables/table-works.ts'
import type { Workspace } from './workspace.ts'

type Plain<T> = Omit<T, 'signal' | 'observe' | 'observeRun'>

export const works = {
  async train(workspace: Workspace, options: Plain<TrainOptions>, watching: Watching): Promise<{ model: string }> {
    const { trainModel } = await import('./models/train-model.ts')
    const { model } = await trainModel(workspace, { ...options, ...watching })
    return { model: `${model.name}@${model.version}` }
  },
  async test(workspace: Workspace, { model }: { model: string }, watching: Watching): Promise<{ model: string }> {
    const { testStoredModel } = await import('./models/test-stored-model.ts')
    await testStoredModel(workspace, model, watching)
    return { model }
  },
  async previewTraining(workspace: Workspace, choice: TrainingPreviewChoice): Promise<TrainingPreview> {
    const { previewTraining } = await import('./models/preview-training.ts')
    return previewTraining(workspace, choice)
  },
  async compareVersions(workspace: Workspace, versions: { before: string; after: string }): Promise<VersionComparison> {
    const { compareVersions } = await import('./models/compare-versions.ts')
    return compareVersions(workspace, versions)
  },
  async prove(workspace: Workspace, options: Plain<ProveOptions>, watching: Watching): Promise<{ proof: string }> {
    const { prove } = await import('./models/prove.ts')
    const { saveProof } = await import('./models/stored-proofs.ts')
    const { id } = await saveProof(workspace, await prove(workspace, { ...options, ...watching }))
    return { proof: id }
  },
  async generateCases(
    workspace: Workspace,
    choice: CasesChoice,
    watching: Watching,
  ): Promise<{ trial: string; cases: number }> {
    const { generateCasesOf } = await import('./suites/run-trial-on.ts')
    const { id, cases } = await generateCasesOf(workspace, choice, watching)
    return { trial: id, cases: cases.length }
  },
  async runSuite(
    workspace: Workspace,
    input: SuiteRunInput,
    watching: Watching,
  ): Promise<{ trial: string; tests: number; failed: number }> {
    const { runTrialOn } = await import('./suites/run-trial-on.ts')
    return runTrialOn(workspace, input, watching)
  },
  async improve(
    workspace: Workspace,
    options: Plain<ImproveOptions>,
    watching: Watching,
  ): Promise<{ improvement: string; made: number; model: string | null }> {
    const { improve } = await import('./improve/improve.ts')
    const { observe } = watching
    const { id, rounds, wrong, models } = await improve(workspace, {
      ...options,
      ...watching,
      observeRun: event => {
        if (event.kind !== 'progress') return
        const kept = Object.values(event.tallies).reduce((sum, tally) => sum + tally.kept, 0)
        const wanted = Object.values(event.targets).reduce((sum, count) => sum + count, 0)
        observe?.({ stage: 'augmenting', share: wanted === 0 ? 1 : Math.min(1, kept / wanted) })
      },
    })
    const made = rounds.reduce((sum, { augmented }) => sum + (augmented?.made ?? 0), wrong?.kept ?? 0)
    return { improvement: id, made, model: models ? `${models.after.name}@${models.after.version}` : null }
  },
  async peekTables(_: Workspace, { files, read }: { files: string[]; read: ReadTableOptions }): Promise<PeekedTable[]> {
    const { peekTables } = await import('./tables/peek-tables.ts')
    return peekTables(files, read)
  },
  async previewModel(workspace: Workspace, preview: ModelPreview): ReturnType<typeof previewModel> {
    const { previewModel } = await import('./tables/preview-model.ts')
    return previewModel(workspace, preview)
  },
  async fitTable(workspace: Workspace, choice: FitWork, watching: Watching): Promise<{ model: string }> {
    const { fitWork } = await import('./tables/table-works.ts')
    return fitWork(workspace, choice, watching)
  },
  async sampleTable(workspace: Workspace, choice: SampleWork, watching: Watching): Promise<{ result: string }> {
    const { sampleWork } = await import('./tables/table-works.ts')
    return sampleWork(workspace, choice, watching)
  },
  async injectFaults(workspace: Workspace, choice: InjectWork, watching: Watching): Promise<{ result: string }> {
    const { injectWork } = await import('./tables/table-works.ts')
    return injectWork(workspace, choice, watching)
  },
  async runSimulation(workspace: Workspace, work: SimulationWork, watching: Watching): Promise<{ result: string }> {
    const { simulationWork } = await import('./simulations/simulation-works.ts')
    return simulationWork(workspace, work, watching)
  },
  async compareTables(workspace: Workspace, choice: CompareWork, watching: Watching): Promise<{ result: string }> {
    const { compareWork } = await import('./tables/table-works.ts')
    return compareWork(workspace, choice, watching)
  },
}

export type Works = typeof works
