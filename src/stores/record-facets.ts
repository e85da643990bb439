/** What the records of a dataset can be filtered by, and how many there are of each. */
import { sql } from 'kysely'
import type { Verdict } from '../model/record.ts'
import type { Database } from './database.ts'
import { labelColumn, tagsColumn, tagsLength } from './record-search.ts'

interface Facet {
  name: string
  count: number
}

export interface RecordFacets {
  /** First labels, most frequent first; the empty name is that of records without one. */
  labels: Facet[]
  /** Most frequent first. */
  tags: Facet[]
  runs: Facet[]
  /** Of the runs, as far as there are records that they kept. */
  critics: string[]
  /** False: there were more labels or lists of tags than are looked at. */
  exact: boolean
}

export interface RecordFacetQueries {
  /** Counted by indexes alone, which takes some tenths of a second for a million records. */
  recordFacets(project: string): Promise<RecordFacets>
}

const mostLabels = 1000
const mostTagLists = 5000
/** Kept records of a run have the verdicts of all its critics, but of those that came to stand after it was resumed. */
const readForCritics = 5

export function recordFacetQueries(database: Database): RecordFacetQueries {
  const grouped = (query: ReturnType<typeof sql<{ name: string | null; count: number }>>) =>
    database.read(async connection => {
      const { rows } = await query.execute(connection)
      return rows.map(({ name, count }) => ({ name: name ?? '', count: Number(count) }))
    })
  return {
    async recordFacets(project) {
      const dataset = sql`from record where project = ${project} and position is not null`
      const labels = await grouped(
        sql`select ${labelColumn} as name, count(*) as count ${dataset} group by 1 order by 2 desc, 1 limit ${mostLabels + 1}`,
      )
      const tagLists = await grouped(
        sql`select ${tagsColumn} as name, count(*) as count ${dataset} and tags <> '[]' group by 1 limit ${mostTagLists + 1}`,
      )
      const runs = await grouped(
        sql`select run as name, count(*) as count ${dataset} and run is not null group by 1 order by 1`,
      )
      const critics = new Set<string>()
      for (const { name } of runs) for (const critic of await criticsOf(database, name)) critics.add(critic)
      return {
        labels: labels.slice(0, mostLabels),
        tags: tagsOf(tagLists),
        runs,
        critics: [...critics].sort(),
        exact:
          labels.length <= mostLabels &&
          tagLists.length <= mostTagLists &&
          tagLists.every(({ name }) => name.length < tagsLength),
      }
    },
  }
}

/** Of lists as JSON, which may be cut off at their end. */
function tagsOf(lists: Facet[]): Facet[] {
  const counts = new Map<string, number>()
  for (const { name, count } of lists) {
    for (const [text] of name.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      const tag: string = JSON.parse(text)
      counts.set(tag, (counts.get(tag) ?? 0) + count)
    }
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

async function criticsOf(database: Database, run: string): Promise<string[]> {
  const rows = await database.read(connection =>
    connection
      .selectFrom('record')
      .select('verdicts')
      .where('run', '=', run)
      .where('outcome', '=', 'kept')
      .orderBy('unit')
      .orderBy('item')
      .limit(readForCritics)
      .execute(),
  )
  return rows.flatMap(({ verdicts }) => (JSON.parse(verdicts) as Verdict[]).map(({ critic }) => critic))
}
