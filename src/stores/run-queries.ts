/** Runs looked back on: which there were, what they came to, and what was said and paid for each record. */
import { sql } from 'kysely'
import { sumTallies } from '../engine/planner.ts'
import type { ModelRequest, Reply } from '../model/request.ts'
import { emptyTally, type RunRow, type Spending, type Tallies, type Tally } from '../model/run.ts'
import type { Database } from './database.ts'
import { unpackJson } from './packed-json.ts'
import { isIdPrefix } from './record-queries.ts'
import { runRow } from './run-lifecycle.ts'

export interface StoredUnit {
  ordinal: number
  round: number
  cell: string
  cellOrdinal: number
  asks: number
  state: 'planned' | 'proposed' | 'failed' | 'skipped'
  /** Ledger keys of the calls it made. */
  calls: string[]
  /** Why it failed. */
  code: string | null
  message: string | null
}

interface CallCost {
  provider: string
  model: string
  tokens: number
  nanoUsd: number
}

/** A call as the ledger holds it, with every try at sending it. */
export interface StoredCall extends CallCost {
  key: string
  request: ModelRequest
  reply: Reply
  createdMs: number
  attempts: StoredAttempt[]
}

interface StoredAttempt {
  run: string
  /** `lost`: nobody knows whether it was served, so it was charged at its worst case. */
  state: 'open' | 'settled' | 'lost'
  charged: Spending
  fault: string | null
}

/** A run in a line, without what it froze, which may be long. */
interface RunLine extends Pick<RunRow, 'id' | 'project' | 'targets' | 'state' | 'spent' | 'createdMs' | 'updatedMs'> {
  generator: string
  kept: number
}

export interface RunQueries {
  /** Newest first. */
  listRunLines(project: string): Promise<RunLine[]>
  /** Newest first. */
  listRuns(project?: string): Promise<RunRow[]>
  /** Runs whose id is or begins with `prefix`: at most two, so that the caller sees whether it is one. */
  findRuns(prefix: string): Promise<RunRow[]>
  findRun(id: string): Promise<RunRow | undefined>
  /** Per cell, over all rounds. */
  runTallies(run: string): Promise<Tallies>
  /** What the project's last runs with this generator came to, all cells together: the base of expected yields. */
  history(project: string, generator: string): Promise<Tally>
  findUnit(run: string, ordinal: number): Promise<StoredUnit | undefined>
  failedUnits(run: string): Promise<StoredUnit[]>
  /** Calls by key, in the order asked; keys the ledger does not hold are left out. */
  findCalls(keys: string[]): Promise<StoredCall[]>
  /** Who answered the calls and what they cost, without what was said. */
  callCosts(keys: string[]): Promise<Map<string, CallCost>>
}

/** Runs an expected yield is computed from: enough to be steady, few enough to follow a changed prompt. */
const runsRemembered = 10

export function runQueries(database: Database): RunQueries {
  return {
    listRunLines: project =>
      database.read(async connection => {
        const generator =
          database.dialect === 'sqlite'
            ? sql<string>`json_extract(snapshot, '$.recipe.generator')`
            : sql<string>`snapshot::json #>> '{recipe,generator}'`
        const rows = await connection
          .selectFrom('run')
          .select(['id', 'project', 'targets', 'state', 'spent_calls', 'spent_tokens', 'spent_nano_usd'])
          .select(['created_ms', 'updated_ms', generator.as('generator')])
          .where('project', '=', project)
          .orderBy('created_ms', 'desc')
          .orderBy('id')
          .execute()
        const rounds = await connection
          .selectFrom('round')
          .innerJoin('run', 'run.id', 'round.run')
          .select(['round.run', 'round.tallies'])
          .where('run.project', '=', project)
          .execute()
        const kept = new Map<string, number>()
        for (const { run, tallies } of rounds) {
          for (const tally of Object.values(JSON.parse(tallies) as Tallies))
            kept.set(run, (kept.get(run) ?? 0) + tally.kept)
        }
        return rows.map(row => ({
          ...{ id: row.id, project: row.project, generator: row.generator, kept: kept.get(row.id) ?? 0 },
          targets: JSON.parse(row.targets),
          state: row.state as RunRow['state'],
          spent: { calls: row.spent_calls, tokens: row.spent_tokens, nanoUsd: row.spent_nano_usd },
          createdMs: row.created_ms,
          updatedMs: row.updated_ms,
        }))
      }),

    listRuns: project =>
      database.read(async connection => {
        let rows = connection.selectFrom('run').selectAll().orderBy('created_ms', 'desc').orderBy('id')
        if (project !== undefined) rows = rows.where('project', '=', project)
        return (await rows.execute()).map(runRow)
      }),

    findRuns: prefix =>
      database.read(async connection => {
        const exact = await connection.selectFrom('run').selectAll().where('id', '=', prefix).execute()
        if (exact.length > 0 || !isIdPrefix(prefix)) return exact.map(runRow)
        const rows = await connection
          .selectFrom('run')
          .selectAll()
          .where('id', 'like', `${prefix}%`)
          .orderBy('id')
          .limit(2)
          .execute()
        return rows.map(runRow)
      }),

    findRun: id =>
      database.read(async connection => {
        const row = await connection.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst()
        return row && runRow(row)
      }),

    runTallies: run => tallies(database, [run]),

    history: async (project, generator) => {
      const runs = await database.read(connection =>
        connection
          .selectFrom('run')
          .select(['id', 'snapshot'])
          .where('project', '=', project)
          .orderBy('created_ms', 'desc')
          .limit(runsRemembered)
          .execute(),
      )
      const same = runs.filter(
        ({ snapshot }) => (JSON.parse(snapshot) as RunRow['snapshot']).recipe.generator === generator,
      )
      const byCell = await tallies(
        database,
        same.map(({ id }) => id),
      )
      return sumTallies(Object.values(byCell).map(tally => ({ tallies: { all: tally } })))['all'] ?? emptyTally()
    },

    findUnit: (run, ordinal) =>
      database.read(async connection => {
        const row = await connection
          .selectFrom('unit')
          .select(unitColumns)
          .where('run', '=', run)
          .where('ordinal', '=', ordinal)
          .executeTakeFirst()
        return row && storedUnit(row)
      }),

    failedUnits: run =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('unit')
          .select(unitColumns)
          .where('run', '=', run)
          .where('state', '=', 'failed')
          .orderBy('ordinal')
          .execute()
        return rows.map(storedUnit)
      }),

    findCalls: keys =>
      database.read(async connection => {
        if (keys.length === 0) return []
        const calls = await connection.selectFrom('call').selectAll().where('key', 'in', keys).execute()
        const attempts = await connection
          .selectFrom('attempt')
          .selectAll()
          .where('key', 'in', keys)
          .orderBy('opened_ms')
          .orderBy('id')
          .execute()
        const found = new Map(
          calls.map((row): [string, StoredCall] => [
            row.key,
            {
              key: row.key,
              provider: row.provider,
              model: row.model,
              request: unpackJson(row.request),
              reply: unpackJson(row.reply),
              tokens: row.tokens,
              nanoUsd: row.nano_usd,
              createdMs: row.created_ms,
              attempts: attempts.filter(attempt => attempt.key === row.key).map(storedAttempt),
            },
          ]),
        )
        return keys.flatMap(key => found.get(key) ?? [])
      }),

    callCosts: keys =>
      database.read(async connection => {
        if (keys.length === 0) return new Map()
        const rows = await connection
          .selectFrom('call')
          .select(['key', 'provider', 'model', 'tokens', 'nano_usd'])
          .where('key', 'in', keys)
          .execute()
        return new Map(rows.map(({ key, nano_usd: nanoUsd, ...rest }) => [key, { ...rest, nanoUsd }]))
      }),
  }
}

async function tallies(database: Database, runs: string[]): Promise<Tallies> {
  if (runs.length === 0) return {}
  const rounds = await database.read(connection =>
    connection
      .selectFrom('round')
      .select('tallies')
      .where('run', 'in', runs)
      .orderBy('run')
      .orderBy('number')
      .execute(),
  )
  return sumTallies(rounds.map(round => ({ tallies: JSON.parse(round.tallies) as Tallies })))
}

const unitColumns = ['ordinal', 'round', 'cell', 'cell_ordinal', 'asks', 'state', 'calls', 'code', 'message'] as const

function storedUnit(row: {
  ordinal: number
  round: number
  cell: string
  cell_ordinal: number
  asks: number
  state: string
  calls: string
  code: string | null
  message: string | null
}): StoredUnit {
  const { cell_ordinal: cellOrdinal, calls, state, ...rest } = row
  return { ...rest, cellOrdinal, state: state as StoredUnit['state'], calls: JSON.parse(calls) }
}

function storedAttempt(row: {
  run: string
  state: string
  charged_calls: number | null
  charged_tokens: number | null
  charged_nano_usd: number | null
  fault: string | null
}): StoredAttempt {
  return {
    run: row.run,
    state: row.state as StoredAttempt['state'],
    charged: { calls: row.charged_calls ?? 0, tokens: row.charged_tokens ?? 0, nanoUsd: row.charged_nano_usd ?? 0 },
    fault: row.fault,
  }
}
