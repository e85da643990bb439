/** Augments after a trial: what failed there is preselected; nothing is made before it is said how much. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ownTags } from '../../model/record.ts'
import type { RunEvent } from '../../model/run-event.ts'
import { type AugmentationOptions, type AugmentationPlan, augmentationPlan } from '../../suites/augmentation-plan.ts'
import { tagSplit } from '../models/divide-examples.ts'
import { newestRun, type TrialFacts, trialReport } from '../suites/trial.ts'
import { ownFolder, type Workspace } from '../workspace.ts'
import { type AugmentMode, type AugmentReport, augmentRecords } from './augment-records.ts'

export interface PreparedAugmentation {
  project: string
  plan: AugmentationPlan
  make(choice: {
    mode?: AugmentMode
    seed?: number
    signal?: AbortSignal
    observe?: (event: RunEvent) => void
  }): Promise<AugmentReport>
}

/** `id`: the beginning of a trial's, default: the newest that was run. @throws CultivarError `not-found`, `bad-input`. */
export async function augmentTrial(
  workspace: Workspace,
  id: string | undefined,
  choice: Omit<AugmentationOptions, 'rows'>,
): Promise<PreparedAugmentation> {
  const { facts, report } = await trialReport(workspace, id ?? (await newestRun(workspace)))
  const { project } = facts
  const { rows, leaveOut } = await learnedRecords(workspace, facts)
  const plan = augmentationPlan(report, { rows, ...choice })
  const folder = join(ownFolder(workspace.folder), 'trials', facts.id, 'augmented')
  return {
    project,
    plan,
    async make({ mode = 'add', seed = 1, ...watching }) {
      await mkdir(folder, { recursive: true })
      return augmentRecords(workspace, { project, plan, leaveOut, folder, mode, seed, ...watching })
    },
  }
}

/** How many records may be changed after a trial, and the ids of all others: those tested on, and those of other splits. */
export async function learnedRecords(
  { store }: Workspace,
  { project, examples }: Pick<TrialFacts, 'project' | 'examples'>,
): Promise<{ rows: number; leaveOut: string[] }> {
  const tested = new Set(examples.map(example => example.id))
  const leaveOut: string[] = []
  let rows = 0
  for await (const record of store.streamRecords(project)) {
    const split = tagSplit(record.tags) ?? record.split
    const learned = split === 'train' && !tested.has(record.id)
    if (!learned) leaveOut.push(record.id)
    else if (record.status !== 'rejected' && !record.tags.includes(ownTags.augmented)) rows++
  }
  return { rows, leaveOut }
}
