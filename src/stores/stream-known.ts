/** What a run knows of the records of its project: as they were when it began and as it kept them, whatever people decided since. */
import type { KnownRecord, RunStore } from '../engine/ports.ts'
import type { StoredDecision } from '../model/decision.ts'
import type { Content } from '../model/record.ts'
import type { Connection, Database } from './database.ts'

const pageSize = 5000
/** Ids a statement: below both databases’ limits on bound values. */
const idsAtOnce = 500
const columns = ['id', 'run', 'cell', 'content', 'origin', 'position'] as const

interface KnownRow {
  id: string
  run: string | null
  cell: string
  content: string
  origin: string | null
  position: number | null
}

export function streamKnown(database: Database): RunStore['streamKnown'] {
  return async function* (run, position, decisions) {
    const { project } = await database.read(connection =>
      connection.selectFrom('run').select('project').where('id', '=', run).executeTakeFirstOrThrow(),
    )
    const since = new DecisionsSince(database, project, decisions)
    for (let last = -1; ; ) {
      const rows = await database.read(connection => pageAfter(connection, { project, run, position, last }))
      const end = rows.length < pageSize ? Number.POSITIVE_INFINITY : rows.at(-1)!.position!
      // After the page: whatever changed a row before it was read is among them.
      await since.read()
      const there = new Set(rows.map(({ id }) => id))
      const gone = since
        .removed(last, Math.min(end, position - 1))
        .filter(({ id }) => !there.has(id))
        .map(({ id, at }): [string, number] => [id, at])
      const known = [...rows, ...(await rowsOf(database, new Map(gone)))].sort((a, b) => a.position! - b.position!)
      if (known.length > 0) yield known.map(row => knownRecord(row, since.contentOf(row), run, position))
      if (rows.length < pageSize) return
      last = end
    }
  }
}

function pageAfter(
  connection: Connection,
  { project, run, position, last }: { project: string; run: string; position: number; last: number },
): Promise<KnownRow[]> {
  return connection
    .selectFrom('record')
    .select(columns)
    .where('project', '=', project)
    .where('position', '>', last)
    .where(({ and, eb, or }) =>
      or([eb('position', '<', position), and([eb('run', '=', run), eb('outcome', '=', 'kept')])]),
    )
    .orderBy('position')
    .limit(pageSize)
    .execute()
}

/** Records that left the dataset, at the positions they had. */
async function rowsOf(database: Database, positions: Map<string, number>): Promise<KnownRow[]> {
  const ids = [...positions.keys()]
  const found: KnownRow[] = []
  for (let i = 0; i < ids.length; i += idsAtOnce) {
    const rows = await database.read(connection =>
      connection
        .selectFrom('record')
        .select(columns)
        .where('id', 'in', ids.slice(i, i + idsAtOnce))
        .execute(),
    )
    found.push(...rows.map(row => ({ ...row, position: positions.get(row.id)! })))
  }
  return found
}

function knownRecord(row: KnownRow, { fields, labels }: Content, run: string, position: number): KnownRecord {
  const { id, cell, origin } = row
  return { id, own: row.run === run && row.position! >= position, cell, fields, labels, origin }
}

/** What the first decision after a given one found: the record as it was then. */
class DecisionsSince {
  readonly #database: Database
  readonly #project: string
  #read: number
  readonly #contents = new Map<string, Content>()
  readonly #positions = new Map<string, number | null>()

  constructor(database: Database, project: string, after: number) {
    this.#database = database
    this.#project = project
    this.#read = after
  }

  /** Takes in what was decided meanwhile. */
  async read(): Promise<void> {
    for (;;) {
      const rows = await this.#database.read(connection =>
        connection
          .selectFrom('decision')
          .select(['sequence', 'record', 'before'])
          .where('project', '=', this.#project)
          .where('sequence', '>', this.#read)
          .where('kind', 'in', ['edit', 'relabel', 'restore', 'undo'])
          .orderBy('sequence')
          .limit(pageSize)
          .execute(),
      )
      for (const { record, before } of rows) {
        const { content, position } = JSON.parse(before) as StoredDecision['before']
        if (content && !this.#contents.has(record)) this.#contents.set(record, content)
        if (position !== undefined && !this.#positions.has(record)) this.#positions.set(record, position)
      }
      this.#read = rows.at(-1)?.sequence ?? this.#read
      if (rows.length < pageSize) return
    }
  }

  contentOf(row: KnownRow): Content {
    return this.#contents.get(row.id) ?? JSON.parse(row.content)
  }

  /** Records that stood after `last` and up to `end`, and were taken out. */
  removed(last: number, end: number): { id: string; at: number }[] {
    return [...this.#positions].flatMap(([id, at]) => (at !== null && at > last && at <= end ? [{ id, at }] : []))
  }
}
