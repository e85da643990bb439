/** Decisions as somebody makes them before a screen, who is to see what became of the records. */
import { z } from 'zod'
import { shownRecord } from '../../model/api/record-shapes.ts'
import type { Decision, StoredDecision } from '../../model/decision.ts'
import { CultivarError } from '../../model/error.ts'
import type { UndoChoice } from '../../stores/decision-queries.ts'
import type { VersionedRecord } from '../../stores/record-pages.ts'
import { type DecisionReport, decide, takeBack } from '../decide.ts'
import type { Workspace } from '../workspace.ts'

interface DecidedRecords extends Omit<DecisionReport, 'records'> {
  /** Those decided on, as they are after it. */
  records: VersionedRecord[]
}

const shownRecords = z.array(shownRecord)

/**
 * Stores decisions, all or none. `seen`: the version of each record when it was looked at. Throws as `decide` does; of
 * `record-changed`, `details.records` are the records as they are now.
 */
export async function decideRecords(
  workspace: Workspace,
  project: string,
  { decisions, seen }: { decisions: Decision[]; seen?: Readonly<Record<string, number>> | undefined },
  who: string,
): Promise<DecidedRecords> {
  const report = await decide(workspace, project, decisions, who, seen).catch(async error => {
    throw error instanceof CultivarError && error.code === 'record-changed'
      ? new CultivarError(error.code, error.message, error.hint, {
          records: shownRecords.parse(await workspace.store.versionedRecords(error.details['records'] as string[])),
        })
      : error
  })
  const ids = new Set(decisions.map(({ record }) => record))
  return { ...report, records: await workspace.store.versionedRecords([...ids]) }
}

/** Takes decisions back, all or none; the last ones are those of `who`. */
export async function undoRecords(
  workspace: Workspace,
  project: string,
  which: UndoChoice,
  who: string,
): Promise<{ undone: number; decisions: StoredDecision[]; records: VersionedRecord[] }> {
  const choice = 'last' in which ? { ...which, who } : which
  const decisions = await takeBack(workspace, project, choice, who)
  const ids = new Set(decisions.map(({ record }) => record))
  return { undone: decisions.length, decisions, records: await workspace.store.versionedRecords([...ids]) }
}
