/** Augments a project's records as a plan says: through a run, so that each new record has its lineage, and it can go on. */

import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { type RecipeInput, recipe as recipeSchema } from '../../model/recipe.ts'
import type { RunEvent } from '../../model/run-event.ts'
import type { AugmentationPlan } from '../../suites/augmentation-plan.ts'
import { runRecipe } from '../run-recipe.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { type AsideMode, originalsOf, setAside } from './originals.ts'

/**
 * `add`: originals and new ones are learned from; `inplace`: a new record takes the place of its original; `transformed`: new ones take
 * the place of all originals. Originals are set aside by decisions, so that `records undo` brings them back.
 */
export type AugmentMode = 'add' | AsideMode

export interface AugmentReport {
  /** Null where no record could be made that is not there yet. */
  run: string | null
  /** By test: rows asked for by the plan, possible with these records, and made. */
  tests: { test: string; requested: number; possible: number; made: number }[]
  made: number
  /** Originals set aside. */
  setAside: number
  /** The command that brings these back; absent where there are none. */
  undo?: string
  notes: string[]
}

interface AugmentChoice {
  project: string
  plan: AugmentationPlan
  /** Ids of records that are tested on. */
  leaveOut: readonly string[]
  /** Where the recipe and the list of ids are written. */
  folder: string
  mode: AugmentMode
  seed: number
  signal?: AbortSignal
  observe?: (event: RunEvent) => void
}

/** @throws CultivarError `bad-input` if the plan asks for nothing, and what a run throws. */
export async function augmentRecords(workspace: Workspace, choice: AugmentChoice): Promise<AugmentReport> {
  const { project, plan, folder, mode, seed, leaveOut, signal, observe } = choice
  if (plan.total === 0) throw nothingAsked(plan)
  const leaveOutFile = await writeLeaveOut(folder, leaveOut)
  const recipe = recipeSchema.parse({
    ...{ project, generator: 'augment', seed },
    params: {
      tests: plan.tests.filter(({ requested }) => requested > 0).map(test => testOf(test, plan.rows)),
      split: 'any',
      leaveOut: leaveOutFile,
    },
  } satisfies RecipeInput)
  const watching = { ...(signal && { signal }), ...(observe && { observe }) }
  const report = await runRecipe(workspace, recipe, { recipeFolder: folder, wait: true, ...watching }).catch(
    nothingPossible,
  )
  if (!report) {
    const tests = plan.tests.map(({ test, requested }) => ({ test, requested, possible: 0, made: 0 }))
    return { run: null, tests, made: 0, setAside: 0, notes: [] }
  }
  if (report.state === 'cancelled') {
    throw new CultivarError(
      'interrupted',
      'Stopped while records were augmented.',
      `It can go on: cultivar runs resume ${report.run}`,
    )
  }
  const made: { id: string; source: string | undefined }[] = []
  const byCell = new Map<string, number>()
  for await (const { id, seeds, cell } of workspace.store.streamRecords(project, {
    run: report.run,
    outcomes: ['kept'],
  })) {
    made.push({ id, source: seeds[0] })
    byCell.set(cell, (byCell.get(cell) ?? 0) + 1)
  }
  const used = new Set(made.map(({ source }) => source))
  const aside = mode === 'add' ? [] : await originalsOf(workspace, { project, mode, used, leaveOut: new Set(leaveOut) })
  let undo: string | undefined
  if (aside.length > 0) {
    const who = `augment ${mode}`
    const { decided } = await setAside(workspace, project, aside, who)
    undo = `cultivar records undo ${decided} --by "${who}" --project ${project}`
  }
  return {
    run: report.run,
    tests: plan.tests.map(({ test, chain, requested }) => {
      const cell = chain.join('-')
      return {
        test,
        requested,
        possible: report.cells.find(each => each.cell === cell)?.target ?? 0,
        made: byCell.get(cell) ?? 0,
      }
    }),
    made: made.length,
    setAside: aside.length,
    ...(undo !== undefined && { undo }),
    notes: report.notes,
  }
}

/** That all there is to make is there already stops nothing. */
function nothingPossible(error: unknown): undefined {
  if (!(error instanceof CultivarError) || error.details['possible'] !== 0) throw error
}

/** The list of ids beside the recipe; gives its name. */
export async function writeLeaveOut(folder: string, ids: readonly string[]): Promise<string> {
  const file = 'held-out.txt'
  await writeTextFile(join(folder, file), ids.map(id => `${id}\n`).join(''))
  return file
}

/** One test of the plan, as the generator’s parameters have it. */
export function testOf({ chain, parameters, prob, requested }: AugmentationPlan['tests'][number], rows: number) {
  return { perturbations: chain, parameters, prob, proportion: Math.min(1, requested / rows) }
}

function nothingAsked(plan: AugmentationPlan): CultivarError {
  return new CultivarError(
    'bad-input',
    plan.tests.length === 0
      ? 'No test failed that augmenting could help: there is nothing to make.'
      : 'The tests ask for no records.',
    ['Name tests with --tests, or shares with --proportion add_typo=0.3.', ...plan.notes].join('\n'),
  )
}
