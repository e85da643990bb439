/** Decisions of people on records: stored in one order a project, read back, taken back. */
import type { Selectable } from 'kysely'
import type { Decidable, Decision, DroppedSpan, StoredDecision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import { applyDecision } from './apply-decision.ts'
import type { Connection, Database } from './database.ts'
import { inParts, rowsAtOnce } from './in-parts.ts'
import { plainText } from './plain-text.ts'
import { lockProject } from './project-queries.ts'
import { changedSince, recordChanged } from './record-versions.ts'
import type { DecisionTable, RecordTable } from './tables.ts'

interface Decided {
  /** What was stored, in the order asked for. */
  decisions: StoredDecision[]
  /** Records that were as asked for already. */
  unchanged: string[]
  /** Spans that edits cut. */
  dropped: DroppedSpan[]
}

/** Which decisions to take back: the last so many (of one person, if `who` is given), those with these sequences, or a record's last. */
export type UndoChoice = { last: number; who?: string } | { sequences: number[] } | { record: string }

export interface DecisionQueries {
  /**
   * Stores decisions of one person, all or none, in the order given; several on one record follow one another. Each sees what
   * others stored before. Throws `not-found` for a record that is not in the project, and `bad-input` where its state does not
   * allow the decision. With `seen`, which version of each record the person looked at (the sequence of the last decision on
   * it, 0 if there was none): throws `record-changed` where a decision would change a record that others changed since. What is
   * so already is no change, so that repeating what was stored unheard is none either.
   */
  decide(
    project: string,
    decisions: Decision[],
    who: string,
    nowMs: number,
    seen?: Readonly<Record<string, number>>,
  ): Promise<Decided>
  /**
   * Takes decisions back, the latest first; returns them. Each leaves a decision of kind `undo`. All or none: throws `bad-input`
   * where one was taken back already, is an undo itself, or where a later decision that stands changed the same; `not-found` if
   * there is none.
   */
  undo(project: string, which: UndoChoice, who: string, nowMs: number): Promise<StoredDecision[]>
  /** All decisions on a record, in order. */
  decisionsOf(record: string): Promise<StoredDecision[]>
  /** Newest first. */
  listDecisions(project: string, limit: number): Promise<StoredDecision[]>
  /** Those of one person that nobody took back, from a first to a last sequence, newest first. */
  standingDecisions(
    project: string,
    of: { who: string; first: number; last: number },
    limit: number,
  ): Promise<StoredDecision[]>
  /** How often each record was edited or relabelled, and who decided on it last; what was taken back does not count. */
  reviewsOf(records: string[]): Promise<Map<string, { edits: number; reviewer: string }>>
}

export function decisionQueries(database: Database): DecisionQueries {
  return {
    decide: (project, decisions, who, nowMs, seen) =>
      database.transact(async connection => {
        const log = await openLog(connection, project, who, nowMs)
        const ids = decisions.map(({ record }) => record)
        const rows = await recordsOf(connection, project, ids)
        const changed = seen === undefined ? new Set<string>() : await changedSince(connection, ids, seen)
        const result: Decided = { decisions: [], unchanged: [], dropped: [] }
        const touched = new Set<RecordTable>()
        for (const decision of decisions) {
          const row = rows.get(decision.record)
          if (!row) throw noRecord(decision.record, project)
          const { after, dropped } = applyDecision(decidable(row), decision, log.nextPosition)
          if (Object.keys(after).length === 0) {
            result.unchanged.push(row.id)
            continue
          }
          if (changed.has(row.id)) throw recordChanged([...changed])
          result.decisions.push(log.add(row, decision.kind, after))
          result.dropped.push(...dropped)
          touched.add(row)
        }
        await log.close([...touched], result.decisions)
        return result
      }),

    undo: (project, which, who, nowMs) =>
      database.transact(async connection => {
        const log = await openLog(connection, project, who, nowMs)
        const chosen = (await chosenDecisions(connection, project, which)).toSorted((a, b) => b.sequence - a.sequence)
        const ids = chosen.map(({ record }) => record)
        const rows = await recordsOf(connection, project, ids)
        const standing = await standingByRecord(connection, ids)
        const undone: StoredDecision[] = []
        const added: StoredDecision[] = []
        for (const decision of chosen) {
          if (decision.kind === 'undo' || decision.undone !== null) throw cannotUndo(decision)
          const row = rows.get(decision.record)
          if (!row) throw noRecord(decision.record, project)
          const others = standing.get(decision.record) ?? []
          const later = others.find(other => other.sequence > decision.sequence && clash(decision, other))
          if (later) throw decidedSince(decision, later)
          standing.set(
            decision.record,
            others.filter(({ sequence }) => sequence !== decision.sequence),
          )
          const undo = log.add(row, 'undo', decision.before)
          added.push(undo)
          undone.push({ ...decision, undone: undo.sequence })
        }
        await log.close([...rows.values()], [...added, ...undone])
        return undone
      }),

    decisionsOf: record =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('decision')
          .selectAll()
          .where('record', '=', record)
          .orderBy('sequence')
          .execute()
        return rows.map(storedDecision)
      }),

    listDecisions: (project, limit) =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('decision')
          .selectAll()
          .where('project', '=', project)
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute()
        return rows.map(storedDecision)
      }),

    standingDecisions: (project, { who, first, last }, limit) =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('decision')
          .selectAll()
          .where('project', '=', project)
          .where('sequence', '>=', first)
          .where('sequence', '<=', last)
          .where('who', '=', plainText(who))
          .where('undone', 'is', null)
          .where('kind', '!=', 'undo')
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute()
        return rows.map(storedDecision)
      }),

    reviewsOf: records =>
      database.read(async connection => {
        const reviews = new Map<string, { edits: number; reviewer: string }>()
        for (const [record, decisions] of await standingByRecord(connection, records)) {
          const edits = decisions.filter(({ kind }) => kind === 'edit' || kind === 'relabel').length
          const last = decisions.at(-1)
          if (last) reviews.set(record, { edits, reviewer: last.who })
        }
        return reviews
      }),
  }
}

/** The project's log, locked: what is added gets the next sequences, and is stored by `close`. */
async function openLog(connection: Connection, project: string, who: string, nowMs: number) {
  const locked = await lockProject(connection, project)
  let sequence = locked.decisions
  let nextPosition = locked.next_position
  return {
    get nextPosition() {
      return nextPosition
    },

    /** Changes the row. */
    add(row: RecordTable, kind: StoredDecision['kind'], after: Partial<Decidable>): StoredDecision {
      const now = decidable(row)
      const before = Object.fromEntries(Object.keys(after).map(name => [name, now[name as keyof Decidable]]))
      Object.assign(row, columnsOf(after))
      if (after.position === nextPosition) nextPosition++
      return {
        project,
        sequence: ++sequence,
        record: row.id,
        kind,
        before,
        after,
        who: plainText(who),
        atMs: nowMs,
        undone: null,
      }
    },

    /** Stores the records as they are now, and decisions added or marked. */
    async close(rows: RecordTable[], decisions: StoredDecision[]): Promise<void> {
      for (let i = 0; i < rows.length; i += rowsAtOnce) {
        await connection
          .insertInto('record')
          .values(rows.slice(i, i + rowsAtOnce))
          .onConflict(conflict =>
            conflict.column('id').doUpdateSet(expression => ({
              status: expression.ref('excluded.status'),
              tags: expression.ref('excluded.tags'),
              content: expression.ref('excluded.content'),
              label: expression.ref('excluded.label'),
              position: expression.ref('excluded.position'),
              outcome: expression.ref('excluded.outcome'),
            })),
          )
          .execute()
      }
      for (let i = 0; i < decisions.length; i += rowsAtOnce) {
        await connection
          .insertInto('decision')
          .values(decisions.slice(i, i + rowsAtOnce).map(decisionRow))
          .onConflict(conflict =>
            conflict
              .columns(['project', 'sequence'])
              .doUpdateSet(expression => ({ undone: expression.ref('excluded.undone') })),
          )
          .execute()
      }
      await connection
        .updateTable('project')
        .set({ decisions: sequence, next_position: nextPosition })
        .where('name', '=', project)
        .execute()
    },
  }
}

async function recordsOf(connection: Connection, project: string, ids: string[]): Promise<Map<string, RecordTable>> {
  const rows = await inParts([...new Set(ids)], part =>
    connection.selectFrom('record').selectAll().where('project', '=', project).where('id', 'in', part).execute(),
  )
  return new Map(rows.map(row => [row.id, row]))
}

async function chosenDecisions(connection: Connection, project: string, which: UndoChoice): Promise<StoredDecision[]> {
  const all = connection.selectFrom('decision').selectAll().where('project', '=', project)
  if ('sequences' in which) {
    const rows = await inParts([...new Set(which.sequences)], part => all.where('sequence', 'in', part).execute())
    const missing = which.sequences.find(sequence => !rows.some(row => row.sequence === sequence))
    if (missing === undefined) return rows.map(storedDecision)
    throw new CultivarError(
      'not-found',
      `Project “${project}” has no decision ${missing}.`,
      'See “cultivar records decisions”.',
    )
  }
  let standing = all.where('undone', 'is', null).where('kind', '!=', 'undo').orderBy('sequence', 'desc')
  if ('record' in which) standing = standing.where('record', '=', which.record).limit(1)
  else standing = standing.limit(which.last)
  if ('last' in which && which.who !== undefined) standing = standing.where('who', '=', plainText(which.who))
  const rows = await standing.execute()
  if (rows.length > 0) return rows.map(storedDecision)
  const by = 'who' in which && which.who !== undefined ? ` by ${which.who}` : ''
  const on = 'record' in which ? ` on record ${which.record}` : ''
  throw new CultivarError(
    'not-found',
    `There is no decision${by}${on} in project “${project}” that could be taken back.`,
    'See “cultivar records decisions”.',
  )
}

/** Decisions that nobody took back, in order. */
async function standingByRecord(connection: Connection, records: string[]): Promise<Map<string, StoredDecision[]>> {
  const rows = await inParts([...new Set(records)], part =>
    connection
      .selectFrom('decision')
      .selectAll()
      .where('record', 'in', part)
      .where('undone', 'is', null)
      .where('kind', '!=', 'undo')
      .orderBy('sequence')
      .execute(),
  )
  return Map.groupBy(rows.map(storedDecision), ({ record }) => record)
}

/** Whether the later decision rests on the earlier: it changed the same, or the record is only there since it was restored. */
function clash(earlier: StoredDecision, later: StoredDecision): boolean {
  return earlier.kind === 'restore' || Object.keys(later.after).some(member => member in earlier.after)
}

function decidable({ status, tags, content, position, outcome }: RecordTable): Decidable {
  return {
    status: status as Decidable['status'],
    tags: JSON.parse(tags),
    content: JSON.parse(content),
    position,
    outcome: outcome as Decidable['outcome'],
  }
}

function columnsOf({ tags, content, ...plain }: Partial<Decidable>): Partial<RecordTable> {
  const [label] = content?.labels ?? []
  return {
    ...plain,
    ...(tags && { tags: JSON.stringify(tags) }),
    ...(content && { content: JSON.stringify(content), label: label === undefined ? null : plainText(label) }),
  }
}

function decisionRow({ atMs, before, after, ...rest }: StoredDecision): DecisionTable {
  return { ...rest, before: JSON.stringify(before), after: JSON.stringify(after), created_ms: atMs }
}

function storedDecision({ created_ms: atMs, before, after, kind, ...rest }: Selectable<DecisionTable>): StoredDecision {
  return { ...rest, kind: kind as StoredDecision['kind'], before: JSON.parse(before), after: JSON.parse(after), atMs }
}

function noRecord(record: string, project: string): CultivarError {
  return new CultivarError(
    'not-found',
    `There is no record ${record} in project “${project}”.`,
    'See “cultivar records list”.',
  )
}

function cannotUndo({ sequence, kind, undone }: StoredDecision): CultivarError {
  return kind === 'undo'
    ? new CultivarError(
        'bad-input',
        `Decision ${sequence} took another one back; that cannot itself be taken back.`,
        'Decide again instead.',
      )
    : new CultivarError(
        'bad-input',
        `Decision ${sequence} was taken back already, by decision ${undone}.`,
        'See “cultivar records decisions”.',
      )
}

function decidedSince({ sequence, kind, record }: StoredDecision, later: StoredDecision): CultivarError {
  return new CultivarError(
    'bad-input',
    `Decision ${sequence} (${kind}) cannot be taken back: record ${record} was decided on since (${later.sequence}: ${later.kind}, by ${later.who}).`,
    `Take that one back first: cultivar records undo --decision ${later.sequence}`,
    { decision: sequence, later: later.sequence },
  )
}
