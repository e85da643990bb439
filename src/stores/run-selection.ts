/** Units decided, the cursor advanced with the records it passed, and what later rounds and critics read back. */
import type { Advance, DecidedUnit, RunStore } from '../engine/ports.ts'
import { type Content, textOf, type Verdict } from '../model/record.ts'
import type { Feedback } from '../model/run.ts'
import type { Connection, Database } from './database.ts'
import { packJson } from './packed-json.ts'
import { plainText } from './plain-text.ts'
import { checkFence, takenOver, unitColumns } from './run-lifecycle.ts'
import { streamKnown } from './stream-known.ts'
import type { RecordTable, UnitTable } from './tables.ts'

/** Rows a statement: below both databases’ limits on bound values. */
const rowsAtOnce = 500
/** Rejected candidates looked at for one that a critic's model turned down; the others were duplicates, too long and the like. */
const rejectsLookedThrough = 8

export function runSelection(
  database: Database,
): Pick<RunStore, 'decideUnits' | 'advance' | 'readFeedback' | 'streamKnown'> {
  return {
    decideUnits: (run, units) =>
      database.transact(connection =>
        writeUnits(
          connection,
          units.map(decided => ({ ...unitRowOf(run, decided), candidates: candidatesOf(decided) })),
        ),
      ),

    advance: (step, nowMs) =>
      database.transact(async connection => {
        const { lease, from, to } = step
        await checkFence(connection, lease)
        const moved = await connection
          .updateTable('run')
          .set({ cursor: to, updated_ms: nowMs })
          .where('id', '=', lease.run)
          .where('cursor', '=', from)
          .returning('id')
          .executeTakeFirst()
        if (!moved) {
          const { cursor } = await connection
            .selectFrom('run')
            .select('cursor')
            .where('id', '=', lease.run)
            .executeTakeFirstOrThrow()
          // Done already: the acknowledgement was lost.
          if (cursor === to) return
          throw takenOver(lease.run)
        }
        await writeRecords(connection, step, nowMs)
        // Selected candidates are records now; the unit keeps its state and calls.
        await writeUnits(
          connection,
          step.units.map(decided => ({ ...unitRowOf(lease.run, decided), candidates: null })),
          true,
        )
        for (const { number, tallies, selected } of step.rounds) {
          await connection
            .updateTable('round')
            .set({ tallies: JSON.stringify(tallies), selected: selected ? 1 : 0 })
            .where('run', '=', lease.run)
            .where('number', '=', number)
            .execute()
        }
      }),

    readFeedback: (run, cells, beforeUnit, most, judges) =>
      database.read(async connection => {
        const { project } = await connection
          .selectFrom('run')
          .select('project')
          .where('id', '=', run)
          .executeTakeFirstOrThrow()
        const feedback: Feedback = {}
        for (const cell of cells) {
          const kept = await connection
            .selectFrom('record')
            .select('content')
            .where('run', '=', run)
            .where('cell', '=', cell)
            .where('outcome', '=', 'kept')
            .where('status', '!=', 'rejected')
            .where('unit', '<', beforeUnit)
            .orderBy('unit', 'desc')
            .orderBy('item', 'desc')
            .limit(most)
            .execute()
          const disliked = await connection
            .selectFrom('record')
            .select('content')
            .where('project', '=', project)
            .where('position', 'is not', null)
            .where('cell', '=', cell)
            .where('status', '=', 'rejected')
            .orderBy('position', 'desc')
            .limit(most)
            .execute()
          const rejected = await connection
            .selectFrom('record')
            .select(['content', 'verdicts'])
            .where('run', '=', run)
            .where('cell', '=', cell)
            .where('outcome', '=', 'rejected')
            .where('unit', '<', beforeUnit)
            .orderBy('unit', 'desc')
            .orderBy('item', 'desc')
            .limit(judges.length > 0 ? rejectsLookedThrough * most : 0)
            .execute()
          const judged = rejected.filter(({ verdicts }) => judges.includes(rejectedBy(verdicts)))
          feedback[cell] = { kept: kept.map(text), disliked: [...disliked, ...judged].slice(0, most).map(text) }
        }
        return feedback
      }),

    streamKnown: streamKnown(database),
  }
}

function text(row: { content: string }): string {
  return textOf(JSON.parse(row.content) as Content)
}

function rejectedBy(verdicts: string): string {
  return (JSON.parse(verdicts) as Verdict[]).find(({ pass }) => !pass)?.critic ?? ''
}

type UnitRow = Omit<UnitTable, 'candidates'> & { candidates: Uint8Array | null }

function unitRowOf(run: string, { unit, outcome }: DecidedUnit): UnitRow {
  const failed = outcome.state === 'failed' ? outcome : undefined
  return {
    run,
    ...unitColumns(unit),
    state: outcome.state,
    candidates: null,
    calls: JSON.stringify(outcome.state === 'skipped' ? [] : outcome.calls),
    code: failed?.code ?? null,
    message: failed ? plainText(failed.message) : null,
  }
}

function candidatesOf({ outcome }: DecidedUnit): Uint8Array | null {
  return outcome.state === 'proposed' ? packJson(outcome.candidates) : null
}

/** The first outcome of a unit stays, unless the cursor passes it now. */
async function writeUnits(connection: Connection, rows: UnitRow[], selecting = false): Promise<void> {
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    await connection
      .insertInto('unit')
      .values(rows.slice(i, i + rowsAtOnce))
      .onConflict(conflict => {
        const update = conflict.columns(['run', 'ordinal']).doUpdateSet(expression => ({
          state: expression.ref('excluded.state'),
          candidates: expression.ref('excluded.candidates'),
          calls: expression.ref('excluded.calls'),
          code: expression.ref('excluded.code'),
          message: expression.ref('excluded.message'),
        }))
        return selecting ? update : update.where('unit.state', '=', 'planned')
      })
      .execute()
  }
}

async function writeRecords(connection: Connection, { lease, records }: Advance, nowMs: number): Promise<void> {
  const kept = records.filter(record => record.outcome === 'kept').length
  const { next_position: after } = await connection
    .updateTable('project')
    .set(expression => ({ next_position: expression('next_position', '+', kept) }))
    .where('name', '=', lease.project)
    .returning('next_position')
    .executeTakeFirstOrThrow()
  let position = after - kept
  const rows = records.map(
    (record): RecordTable => ({
      id: record.id,
      project: lease.project,
      position: record.outcome === 'kept' ? position++ : null,
      outcome: record.outcome,
      status: 'pending',
      split: record.split,
      cell: plainText(record.cell),
      label: record.labels[0] === undefined ? null : plainText(record.labels[0]),
      content: JSON.stringify({ fields: record.fields, labels: record.labels, spans: record.spans }),
      tags: JSON.stringify(record.tags),
      verdicts: JSON.stringify(record.verdicts),
      run: record.run,
      unit: record.unit,
      item: record.item,
      origin: record.call === undefined ? null : `${record.call}:${record.index}`,
      seeds: record.seeds === undefined ? null : JSON.stringify(record.seeds),
      steps: record.steps === undefined ? null : JSON.stringify(record.steps),
      source: null,
      created_ms: nowMs,
    }),
  )
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    await connection
      .insertInto('record')
      .values(rows.slice(i, i + rowsAtOnce))
      .execute()
  }
}
