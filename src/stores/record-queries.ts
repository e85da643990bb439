/** Records read in order, found, and added from files. */
import type { EditStep, Outcome, Split, Status, StoredRecord } from '../model/record.ts'
import type { Connection, Database } from './database.ts'
import { lockProject } from './project-queries.ts'
import type { RecordTable } from './tables.ts'

/** A record with what its lineage begins from. */
export interface TracedRecord extends StoredRecord {
  /** Ledger key of the call it came from and its index there, as `key:index`; null if no call made it. */
  origin: string | null
  /** Ids of the records it was made from. */
  seeds: string[]
  /** What was done to the first of them; empty if it was not made by editing one. */
  steps: EditStep[]
}

/** A record a person brings. Its id must be the same whenever the same row comes again. */
export interface ImportedRecord
  extends Pick<StoredRecord, 'id' | 'fields' | 'labels' | 'spans' | 'tags' | 'split' | 'status' | 'cell'> {
  source: string
}

/** Each member narrows further; one that is absent lets all through. */
interface ContentFilter {
  splits?: Split[]
  /** First labels. */
  labels?: string[]
  cells?: string[]
  statuses?: Status[]
  /** All of them. */
  tags?: string[]
}

export interface RecordFilter extends ContentFilter {
  run?: string
  outcomes?: ('imported' | 'kept' | 'restored')[]
  /** Only records above this position, and below that one. */
  after?: number
  before?: number
}

export interface RejectFilter extends ContentFilter {
  /** Default: rejected and surplus. `restored`: what a person took into the dataset since. */
  outcomes?: ('rejected' | 'surplus' | 'restored')[]
  /** Only what comes later in unit order. */
  after?: { unit: number; item: number }
}

export interface RecordQueries {
  /** The project's dataset in its order. Reads a page at a time; what is appended meanwhile comes too, unless `before` says no. */
  streamRecords(project: string, filter?: RecordFilter): AsyncIterable<TracedRecord>
  /** What a run proposed and did not keep, in unit order. */
  streamRejects(run: string, filter?: RejectFilter): AsyncIterable<TracedRecord>
  /** Records whose id is or begins with `prefix`: at most two, so that the caller sees whether it is one. */
  findRecords(prefix: string): Promise<TracedRecord[]>
  recordsById(ids: string[]): Promise<TracedRecord[]>
  /** What one unit came to, in item order. */
  recordsOfUnit(run: string, unit: number): Promise<TracedRecord[]>
  /** Appends those whose id is new, as one transaction; returns how many were. */
  addRecords(project: string, records: ImportedRecord[], nowMs: number): Promise<number>
}

/** Ids are of these characters alone, so that none means anything to LIKE. */
export function isIdPrefix(text: string): boolean {
  return /^[a-z0-9.]+$/.test(text)
}

const pageSize = 1000
/** Rows and ids a statement: below both databases’ limits on bound values. */
const rowsAtOnce = 500

export function recordQueries(database: Database): RecordQueries {
  return {
    async *streamRecords(project, filter = {}) {
      for (let after = filter.after ?? -1; ; ) {
        const page = await database.read(connection => {
          let rows = narrow(connection, filter).where('project', '=', project).where('position', '>', after)
          if (filter.before !== undefined) rows = rows.where('position', '<', filter.before)
          if (filter.run !== undefined) rows = rows.where('run', '=', filter.run)
          if (filter.outcomes) rows = rows.where('outcome', 'in', filter.outcomes)
          return rows.orderBy('position').limit(pageSize).execute()
        })
        yield* page.map(tracedRecord).filter(record => isTagged(record, filter.tags))
        if (page.length < pageSize) return
        after = page.at(-1)?.position ?? after
      }
    },

    async *streamRejects(run, { outcomes = ['rejected', 'surplus'], after, ...filter } = {}) {
      for (let { unit, item } = after ?? { unit: -1, item: -1 }; ; ) {
        const page = await database.read(connection =>
          narrow(connection, filter)
            .where('run', '=', run)
            .where(({ eb, refTuple, tuple }) => eb(refTuple('unit', 'item'), '>', tuple(unit, item)))
            .where('outcome', 'in', outcomes)
            .orderBy('unit')
            .orderBy('item')
            .limit(pageSize)
            .execute(),
        )
        yield* page.map(tracedRecord).filter(record => isTagged(record, filter.tags))
        if (page.length < pageSize) return
        unit = page.at(-1)?.unit ?? unit
        item = page.at(-1)?.item ?? item
      }
    },

    findRecords: prefix =>
      database.read(async connection => {
        const exact = await connection.selectFrom('record').selectAll().where('id', '=', prefix).execute()
        if (exact.length > 0 || !isIdPrefix(prefix)) return exact.map(tracedRecord)
        const rows = await connection
          .selectFrom('record')
          .selectAll()
          .where('id', 'like', `${prefix}%`)
          .orderBy('id')
          .limit(2)
          .execute()
        return rows.map(tracedRecord)
      }),

    recordsById: ids =>
      database.read(async connection => {
        if (ids.length === 0) return []
        const rows = await connection.selectFrom('record').selectAll().where('id', 'in', ids).execute()
        const found = new Map(rows.map(row => [row.id, tracedRecord(row)]))
        return ids.flatMap(id => found.get(id) ?? [])
      }),

    recordsOfUnit: (run, unit) =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('record')
          .selectAll()
          .where('run', '=', run)
          .where('unit', '=', unit)
          .orderBy('item')
          .execute()
        return rows.map(tracedRecord)
      }),

    addRecords: (project, records, nowMs) =>
      database.transact(async connection => {
        // Locked: whoever else imports the same rows waits, then sees them.
        const { next_position: next } = await lockProject(connection, project)
        const stored = await storedIds(
          connection,
          records.map(record => record.id),
        )
        const fresh = [...new Map(records.map(record => [record.id, record])).values()].filter(
          ({ id }) => !stored.has(id),
        )
        const rows = fresh.map((record, i) => importedRow(project, record, next + i, nowMs))
        for (let i = 0; i < rows.length; i += rowsAtOnce) {
          await connection
            .insertInto('record')
            .values(rows.slice(i, i + rowsAtOnce))
            .execute()
        }
        await connection
          .updateTable('project')
          .set({ next_position: next + rows.length })
          .where('name', '=', project)
          .execute()
        return rows.length
      }),
  }
}

function narrow(connection: Connection, { splits, labels, cells, statuses }: ContentFilter) {
  let rows = connection.selectFrom('record').selectAll()
  if (splits) rows = rows.where('split', 'in', splits)
  if (labels) rows = rows.where('label', 'in', labels)
  if (cells) rows = rows.where('cell', 'in', cells)
  if (statuses) rows = rows.where('status', 'in', statuses)
  return rows
}

function isTagged(record: TracedRecord, tags: string[] = []): boolean {
  return tags.every(tag => record.tags.includes(tag))
}

async function storedIds(connection: Connection, ids: string[]): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let i = 0; i < ids.length; i += rowsAtOnce) {
    const rows = await connection
      .selectFrom('record')
      .select('id')
      .where('id', 'in', ids.slice(i, i + rowsAtOnce))
      .execute()
    for (const { id } of rows) stored.add(id)
  }
  return stored
}

function importedRow(project: string, record: ImportedRecord, position: number, nowMs: number): RecordTable {
  return {
    id: record.id,
    project,
    position,
    outcome: 'imported',
    status: record.status,
    split: record.split,
    cell: record.cell,
    label: record.labels[0] ?? null,
    content: JSON.stringify({ fields: record.fields, labels: record.labels, spans: record.spans }),
    tags: JSON.stringify(record.tags),
    verdicts: '[]',
    run: null,
    unit: null,
    item: null,
    origin: null,
    seeds: null,
    steps: null,
    source: record.source,
    created_ms: nowMs,
  }
}

export function tracedRecord(row: RecordTable): TracedRecord {
  return {
    id: row.id,
    project: row.project,
    position: row.position,
    outcome: row.outcome as Outcome,
    status: row.status as Status,
    split: row.split as Split,
    cell: row.cell,
    ...JSON.parse(row.content),
    tags: JSON.parse(row.tags),
    verdicts: JSON.parse(row.verdicts),
    run: row.run,
    unit: row.unit,
    item: row.item,
    source: row.source,
    createdMs: row.created_ms,
    origin: row.origin,
    seeds: row.seeds === null ? [] : JSON.parse(row.seeds),
    steps: row.steps === null ? [] : JSON.parse(row.steps),
  }
}
