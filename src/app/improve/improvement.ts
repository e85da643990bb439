/** What the loop of testing, augmenting and retraining is asked for, and what it comes to. */
import type { Task } from '../../model/example.ts'
import type { RunEvent } from '../../model/run-event.ts'
import type { AugmentationPlan } from '../../suites/augmentation-plan.ts'
import type { Suite } from '../../suites/suite.ts'
import type { SuiteReport } from '../../suites/suite-report.ts'
import type { SplitChoice } from '../models/divide-examples.ts'
import type { ModelFacts } from '../models/stored-models.ts'
import type { AugmentMode, AugmentReport } from './augment-records.ts'
import type { Comparison } from './compare-models.ts'
import type { WrongReport } from './grow-wrong.ts'

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
  /** Times that it is tested and augmented before the last training; default 2. */
  rounds?: number
  /** Who writes new examples like those that the model gets wrong, and how many. */
  wrong?: { teacher: string; target: number }
  /** Stops when it is said what would be made. */
  dryRun?: boolean
  seed?: number
  signal?: AbortSignal
  observe?: (progress: { stage: string; share: number }) => void
  observeRun?: (event: RunEvent) => void
}

/** Once around: what a model that did not learn from them failed on, what was to be made of that, and what was. */
export interface ImproveRound {
  found: SuiteReport['rows']
  plan: AugmentationPlan
  /** Null where nothing was made. */
  augmented: AugmentReport | null
}

export interface Improvement {
  id: string
  project: string
  task: Task
  suite: string
  createdMs: number
  /** Records learned from before, those of them by which it was chosen what to augment, and records that only the last test saw. */
  records: { learned: number; chosenBy: number; tested: number }
  rounds: ImproveRound[]
  wrong: WrongReport | null
  /** Null where nothing was made that one could learn from. */
  models: { before: ModelFacts; after: ModelFacts } | null
  comparison: Comparison | null
  notes: string[]
  file: string
}
