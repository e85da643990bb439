/** Improvements that were made, as they are kept and as the API shows them. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShownImprovement } from '../../model/api/suite-shapes.ts'
import { CultivarError } from '../../model/error.ts'
import { shownDifference, shownInterval } from '../models/shown-figures.ts'
import type { ModelFacts } from '../models/stored-models.ts'
import { readTextFile } from '../read-text-file.ts'
import { ownFolder, type Workspace } from '../workspace.ts'
import type { Comparison, TestComparison } from './compare-models.ts'
import type { Improvement, ImproveRound } from './improvement.ts'

const file = 'improvement.json'

/** @throws CultivarError `not-found`. */
export async function findImprovement(workspace: Workspace, id: string): Promise<ShownImprovement> {
  if ((await idsIn(workspace)).includes(id)) return shownImprovement(await readImprovement(workspace, id))
  throw new CultivarError('not-found', `There is no improvement “${id}”.`, 'Choose one of those that are listed.')
}

/** Newest first. */
export async function listImprovements(workspace: Workspace, project: string): Promise<ShownImprovement[]> {
  const all = await Promise.all((await idsIn(workspace)).map(id => readImprovement(workspace, id)))
  return all
    .filter(improvement => improvement.project === project)
    .sort((a, b) => b.createdMs - a.createdMs)
    .map(shownImprovement)
}

async function readImprovement(workspace: Workspace, id: string): Promise<Improvement> {
  const path = join(folderOf(workspace), id, file)
  const improvement: Improvement = JSON.parse(await readTextFile(path))
  // Those of older versions do not say when.
  return { ...improvement, createdMs: improvement.createdMs ?? (await stat(path)).mtimeMs }
}

/** Only those that came to their end: the file is written last. */
async function idsIn(workspace: Workspace): Promise<string[]> {
  const folder = folderOf(workspace)
  const ids = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError('bad-file', `The improvements cannot be read: ${error.message}`, 'Check who may read them.')
  })
  const ended = await Promise.all(
    ids.map(id =>
      stat(join(folder, id, file)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return ids.filter((_, at) => ended[at])
}

function folderOf(workspace: Workspace): string {
  return join(ownFolder(workspace.folder), 'improvements')
}

function shownImprovement(improvement: Improvement): ShownImprovement {
  const { id, project, task, suite, createdMs, records, rounds, wrong, models, comparison, notes } = improvement
  return {
    ...{ id, project, task, suite, createdMs, records, wrong, notes },
    rounds: rounds.map(shownRound),
    models: models && { before: idOf(models.before), after: idOf(models.after) },
    comparison: comparison && shownComparison(comparison),
  }
}

function shownRound({ plan, augmented }: ImproveRound): ShownImprovement['rounds'][number] {
  const made = new Map(augmented?.tests.map(test => [test.test, test]))
  return {
    ...{ run: augmented?.run ?? null, rows: plan.rows, made: augmented?.made ?? 0 },
    ...{ setAside: augmented?.setAside ?? 0, undo: augmented?.undo ?? null },
    tests: plan.tests.map(({ test, ratio, requested, mayChangeLabel }) => ({
      ...{ test, ratio, requested, mayChangeLabel },
      ...{ possible: made.get(test)?.possible ?? 0, made: made.get(test)?.made ?? 0 },
    })),
  }
}

function shownComparison({
  tests,
  measured,
  gapClosed,
  gapTests,
  clean,
}: Comparison): NonNullable<ShownImprovement['comparison']> {
  return {
    tests: tests.map(test => ({
      ...test,
      category: test.category as 'robustness' | 'bias',
      before: shownRate(test.before),
      after: shownRate(test.after),
      difference: shownDifference(test.difference),
    })),
    ...{ measured, gapClosed: shownDifference(gapClosed), gapTests },
    clean: { ...clean, difference: shownDifference(clean.difference) },
  }
}

function shownRate({ rate, interval, pass }: TestComparison['before']) {
  return { rate, interval: shownInterval(interval), pass }
}

function idOf({ name, version }: ModelFacts): string {
  return `${name}@${version}`
}
