/** A project surveyed: samples of its records, where they came from, and what its models were paid. */
import { sql } from 'kysely'
import type { Split, Status, Verdict } from '../model/record.ts'
import type { Spending } from '../model/run.ts'
import type { Connection, Database } from './database.ts'
import { type TracedRecord, tracedRecord } from './record-queries.ts'

export interface SampleFilter {
  /** Whether a person brought them, or they were grown. */
  real: boolean
  /** Default: all but those a person rejected. */
  statuses?: Status[]
  splits?: Split[]
  run?: string
  /** Only records below this position. */
  before?: number
}

export interface ModelSpending extends Spending {
  /** Null for calls that were charged at their worst case and never answered. */
  provider: string | null
  model: string | null
}

export interface SurveyQueries {
  /**
   * About `most` records of the dataset, spread evenly over it in the order they stand; all of them if there are no more. The
   * same dataset gives the same sample. Reads a page at a time.
   */
  sampleRecords(project: string, filter: SampleFilter, most: number): AsyncIterable<TracedRecord>
  /** Records a person brought by the name of the file they came from, rejected ones left out. */
  countBySource(project: string): Promise<Map<string, number>>
  /** Grown records of the dataset by the run that made them, rejected ones left out. */
  countByRun(project: string): Promise<Map<string, number>>
  /** Records of the project by what people decided on them, decisions that were taken back left out; a record may be in several. */
  countByDecision(project: string): Promise<Map<string, number>>
  /** Each reason that a critic gave on a record of the project or a candidate that was not kept, and whether the record is in the dataset. */
  streamReasons(project: string, critic: string): AsyncIterable<{ inDataset: boolean; reason: string }>
  /** Kept records of a run that a critic mended. */
  countMended(run: string): Promise<number>
  /** What the runs were charged, by who answered; largest first. */
  spendingByModel(runs: string[]): Promise<ModelSpending[]>
}

const pageSize = 500
/** Multiples of 2³² / φ modulo 2³² fill the range evenly (Weyl’s sequence): no rhythm of a dataset is hit again and again. */
const stride = 2654435769
const range = 4294967296

export function surveyQueries(database: Database): SurveyQueries {
  return {
    async *sampleRecords(project, filter, most) {
      const { count } = await database.read(connection =>
        chosen(connection, project, filter)
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow(),
      )
      const threshold = Math.ceil((most / Math.max(1, Number(count))) * range)
      for (let after = -1; ; ) {
        const page = await database.read(connection =>
          chosen(connection, project, filter)
            .selectAll()
            .where('position', '>', after)
            .where(sql<boolean>`(position * ${stride}) % ${range} < ${threshold}`)
            .orderBy('position')
            .limit(pageSize)
            .execute(),
        )
        yield* page.map(tracedRecord)
        if (page.length < pageSize) return
        after = page.at(-1)?.position ?? after
      }
    },

    countBySource: project =>
      database.read(async connection => {
        const file =
          database.dialect === 'sqlite'
            ? sql<string>`substr(source, 1, instr(source, ':') - 1)`
            : sql<string>`split_part(source, ':', 1)`
        const rows = await connection
          .selectFrom('record')
          .select([file.as('file'), ({ fn }) => fn.countAll().as('count')])
          .where('project', '=', project)
          .where('run', 'is', null)
          .where('source', 'is not', null)
          .where('status', '!=', 'rejected')
          .groupBy('file')
          .execute()
        return new Map(rows.map(row => [row.file, Number(row.count)]))
      }),

    countByRun: project =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('record')
          .select(['run', ({ fn }) => fn.countAll().as('count')])
          .where('project', '=', project)
          .where('run', 'is not', null)
          .where('position', 'is not', null)
          .where('status', '!=', 'rejected')
          .groupBy('run')
          .execute()
        return new Map(rows.map(row => [row.run ?? '', Number(row.count)]))
      }),

    countByDecision: project =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('decision')
          .select(['kind', ({ fn }) => fn.count('record').distinct().as('count')])
          .where('project', '=', project)
          .where('undone', 'is', null)
          .where('kind', '!=', 'undo')
          .groupBy('kind')
          .execute()
        return new Map(rows.map(row => [row.kind, Number(row.count)]))
      }),

    async *streamReasons(project, critic) {
      for (let after = ''; ; ) {
        const page = await database.read(connection =>
          connection
            .selectFrom('record')
            .select(['id', 'position', 'status', 'verdicts'])
            .where('project', '=', project)
            .where('id', '>', after)
            .where('verdicts', 'like', `%"critic":${JSON.stringify(critic)}%`)
            .orderBy('id')
            .limit(pageSize)
            .execute(),
        )
        for (const { position, status, verdicts } of page) {
          const inDataset = position !== null && status !== 'rejected'
          for (const verdict of JSON.parse(verdicts) as Verdict[]) {
            if (verdict.critic === critic && verdict.reason !== undefined) yield { inDataset, reason: verdict.reason }
          }
        }
        if (page.length < pageSize) return
        after = page.at(-1)?.id ?? after
      }
    },

    countMended: run =>
      database.read(async connection => {
        const { count } = await connection
          .selectFrom('record')
          .select(({ fn }) => fn.countAll().as('count'))
          .where('run', '=', run)
          .where('outcome', '=', 'kept')
          // Quotes within a reason are escaped, so that no text can look like this.
          .where('verdicts', 'like', '%"mended":true%')
          .executeTakeFirstOrThrow()
        return Number(count)
      }),

    spendingByModel: runs =>
      database.read(async connection => {
        if (runs.length === 0) return []
        const rows = await connection
          .selectFrom('attempt')
          .leftJoin('call', 'call.key', 'attempt.key')
          .select(['call.provider as provider', 'call.model as model'])
          .select(({ fn }) => [
            fn.sum('charged_calls').as('calls'),
            fn.sum('charged_tokens').as('tokens'),
            fn.sum('charged_nano_usd').as('nanoUsd'),
          ])
          .where('attempt.run', 'in', runs)
          .groupBy(['call.provider', 'call.model'])
          .execute()
        return rows
          .map(({ provider, model, ...spent }) => ({
            provider,
            model,
            calls: Number(spent.calls ?? 0),
            tokens: Number(spent.tokens ?? 0),
            nanoUsd: Number(spent.nanoUsd ?? 0),
          }))
          .filter(({ calls, tokens }) => calls > 0 || tokens > 0)
          .sort((a, b) => b.tokens - a.tokens)
      }),
  }
}

function chosen(connection: Connection, project: string, filter: SampleFilter) {
  const { real, statuses = ['pending', 'accepted'], splits, run, before } = filter
  let rows = connection
    .selectFrom('record')
    .where('project', '=', project)
    .where('position', 'is not', null)
    .where('outcome', real ? '=' : '!=', 'imported')
    .where('status', 'in', statuses)
  if (splits) rows = rows.where('split', 'in', splits)
  if (run !== undefined) rows = rows.where('run', '=', run)
  if (before !== undefined) rows = rows.where('position', '<', before)
  return rows
}
