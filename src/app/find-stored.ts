/** Records and runs by the beginning of their id. */
import { CultivarError } from '../model/error.ts'
import type { RunRow } from '../model/run.ts'
import type { TracedRecord } from '../stores/record-queries.ts'
import type { Workspace } from './workspace.ts'

/** Throws CultivarError `not-found`, or `bad-input` where the beginning fits several. */
export async function requireRun({ store }: Workspace, prefix: string): Promise<RunRow> {
  return only(await store.findRuns(prefix), 'run', prefix, 'cultivar runs list')
}

/** Throws CultivarError `not-found`, or `bad-input` where the beginning fits several. */
export async function requireRecord({ store }: Workspace, prefix: string): Promise<TracedRecord> {
  return only(await store.findRecords(prefix), 'record', prefix, 'cultivar records list')
}

function only<T extends { id: string }>(found: T[], noun: string, prefix: string, list: string): T {
  const [first, second] = found
  if (first && !second) return first
  throw first && second
    ? new CultivarError(
        'bad-input',
        `More than one ${noun} begins with “${prefix}”: ${first.id}, ${second.id} …`,
        'Give more of its id.',
      )
    : new CultivarError('not-found', `There is no ${noun} “${prefix}”.`, `See “${list}”.`)
}
