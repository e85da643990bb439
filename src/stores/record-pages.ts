/** Pages of a dataset that fit a search, and their count: in short statements, whatever is asked and however many records there are. */
import { setImmediate as turn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { RecordSearch } from '../model/api/record-shapes.ts'
import type { Database } from './database.ts'
import { inParts, rowsAtOnce } from './in-parts.ts'
import { type TracedRecord, tracedRecord } from './record-queries.ts'
import { isIndexed, searchCondition, searchTest } from './record-search.ts'
import { versionsOf } from './record-versions.ts'
import type { RecordTable } from './tables.ts'

export interface VersionedRecord extends TracedRecord {
  /** Sequence of the last decision on it, undo included; 0 if there is none. */
  version: number
}

/** Where to look: above one position and below another. */
interface Stretch {
  after: number
  before: number
}

export interface RecordPage {
  records: VersionedRecord[]
  /** All up to here was looked at: where to go on; null at the end. */
  next: number | null
  /** How many that fit are still to be passed over. */
  from: number
}

export interface RecordPageQueries {
  /**
   * Records of the dataset that fit, in its order, the first `from` of them passed over. `isOver` is asked after each short
   * statement: once it says so, the page is what was found by then.
   */
  findPage(
    project: string,
    search: RecordSearch,
    place: Stretch & { from: number; limit: number },
    isOver: () => boolean,
  ): Promise<RecordPage>
  /** How many fit; `next` as with pages. */
  countFitting(
    project: string,
    search: RecordSearch,
    place: Stretch,
    isOver: () => boolean,
  ): Promise<{ count: number; next: number | null }>
  /** In the order asked for; those that are not there are left out. */
  versionedRecords(ids: string[]): Promise<VersionedRecord[]>
}

/** Positions that a statement passes over: in the index, and where each record is read. A few milliseconds either way. */
const reach = { indexed: 50_000, read: 5000 }

export function recordPageQueries(database: Database): RecordPageQueries {
  return {
    async findPage(project, search, { after, before, from, limit }, isOver) {
      const found: TracedRecord[] = []
      let toPass = from
      const { statements, fits } = looking(database, project, search)

      const passOrTake = async (stretch: Stretch) => {
        const passed = toPass > 0 ? await statements.count(stretch) : 0
        if (toPass > 0 && passed <= toPass) {
          toPass -= passed
          return stretch.before - 1
        }
        const wanted = limit - found.length
        const positions = await statements.positions(stretch, toPass, wanted)
        toPass = 0
        // Whoever decided in between may have changed what fits.
        found.push(...(await statements.rowsAt(positions)).map(tracedRecord).filter(fits))
        return positions.length < wanted ? stretch.before - 1 : positions.at(-1)!
      }
      const readAndTake = async (stretch: Stretch) => {
        const rows = await statements.rows(stretch)
        for (const row of rows) {
          const record = tracedRecord(row)
          if (!fits(record)) continue
          if (toPass > 0) toPass--
          else found.push(record)
          if (found.length === limit) return row.position!
        }
        return rows.length < rowsAtOnce ? stretch.before - 1 : rows.at(-1)!.position!
      }
      const isDone = () => found.length >= limit || isOver()
      const at = isIndexed(search)
        ? await walk({ after, before }, reach.indexed, passOrTake, isDone)
        : await walk({ after, before }, reach.read, readAndTake, isDone)
      return { records: await withVersions(database, found), next: at, from: toPass }
    },

    async countFitting(project, search, place, isOver) {
      let count = 0
      const { statements, fits } = looking(database, project, search)
      const countStretch = async (stretch: Stretch) => {
        count += await statements.count(stretch)
        return stretch.before - 1
      }
      const readAndCount = async (stretch: Stretch) => {
        const rows = await statements.rows(stretch)
        count += rows.filter(row => fits(tracedRecord(row))).length
        return rows.length < rowsAtOnce ? stretch.before - 1 : rows.at(-1)!.position!
      }
      const next = isIndexed(search)
        ? await walk(place, reach.indexed, countStretch, isOver)
        : await walk(place, reach.read, readAndCount, isOver)
      return { count, next }
    },

    versionedRecords: async ids => {
      const rows = await inParts([...new Set(ids)], part =>
        database.read(connection => connection.selectFrom('record').selectAll().where('id', 'in', part).execute()),
      )
      const found = new Map((await withVersions(database, rows.map(tracedRecord))).map(record => [record.id, record]))
      return ids.flatMap(id => found.get(id) ?? [])
    },
  }
}

/** Looks at one stretch after another, as `step` says how far it got; returns where to go on, or null at the end. */
async function walk(
  { after, before }: Stretch,
  reachOfStep: number,
  step: (stretch: Stretch) => Promise<number>,
  isDone: () => boolean,
): Promise<number | null> {
  for (let at = after; at < before - 1; ) {
    at = await step({ after: at, before: Math.min(at + 1 + reachOfStep, before) })
    if (isDone()) return at < before - 1 ? at : null
    // SQLite answers at once: whoever else wants something of this process would wait for the whole walk.
    await turn()
  }
  return null
}

function looking(database: Database, project: string, search: RecordSearch) {
  const { dialect } = database
  // The planner has no figures to choose by, and with another index it would read records to pass over them.
  const source = dialect === 'sqlite' ? sql`record indexed by record_filter` : sql`record`
  const condition = searchCondition(search, dialect)
  const within = ({ after, before }: Stretch) =>
    sql`from ${source} where project = ${project} and position > ${after} and position < ${before} and ${condition}`
  const all = <T>(query: RawBuilder<T>) => database.read(async connection => (await query.execute(connection)).rows)
  return {
    fits: searchTest(search),
    statements: {
      async count(stretch: Stretch): Promise<number> {
        const [row] = await all(sql<{ count: number }>`select count(*) as count ${within(stretch)}`)
        return Number(row?.count ?? 0)
      },
      async positions(stretch: Stretch, offset: number, limit: number): Promise<number[]> {
        const rows = await all(
          sql<{
            position: number
          }>`select position ${within(stretch)} order by position limit ${limit} offset ${offset}`,
        )
        return rows.map(({ position }) => position)
      },
      rows: (stretch: Stretch) =>
        all(sql<RecordTable>`select * ${within(stretch)} order by position limit ${rowsAtOnce}`),
      rowsAt: (positions: number[]) =>
        inParts(positions, part =>
          database.read(connection =>
            connection
              .selectFrom('record')
              .selectAll()
              .where('project', '=', project)
              .where('position', 'in', part)
              .orderBy('position')
              .execute(),
          ),
        ),
    },
  }
}

async function withVersions(database: Database, records: TracedRecord[]): Promise<VersionedRecord[]> {
  const ids = records.map(({ id }) => id)
  const versions = await database.read(connection => versionsOf(connection, ids))
  return records.map(record => ({ ...record, version: versions.get(record.id) ?? 0 }))
}
