/** The real store on an SQLite database in memory, with a look from outside, for simulated histories. */
import { sql } from 'kysely'
import type { Decision, StoredDecision } from '../../src/model/decision.ts'
import { project } from '../../src/model/project.ts'
import type { Spending } from '../../src/model/run.ts'
import type { Connection } from '../../src/stores/database.ts'
import { migrate } from '../../src/stores/migrate.ts'
import { runStore } from '../../src/stores/run-store.ts'
import { openSqlite } from '../../src/stores/sqlite.ts'
import { workspaceStore } from '../../src/stores/workspace-store.ts'
import type { SimulatedDatabase } from '../../src/testing/simulation.ts'
import type { Facts } from '../../src/testing/simulation-invariants.ts'

export async function simulatedDatabase(): Promise<SimulatedDatabase> {
  const database = openSqlite(':memory:')
  await migrate(database)
  const rows = <T>(query: ReturnType<typeof sql<T>>) =>
    database.read(async connection => (await query.execute(connection)).rows)
  const workspace = workspaceStore(database)
  const self: SimulatedDatabase & { database: typeof database } = {
    database,
    runs: runStore(database),
    async createProject(name) {
      const settings = JSON.stringify(project.parse({ name }))
      await rows(
        sql`insert into project (name, settings, next_position, created_ms) values (${name}, ${settings}, 0, 0)`,
      )
    },
    async decide(name, choice) {
      const selected = await rows<{ id: string; position: number | null }>(
        sql`select id, position from record where project = ${name} order by unit, item`,
      )
      const { id: record, position } = selected[choice % selected.length] ?? {}
      if (record === undefined) return
      const decision: Decision =
        position === null
          ? { kind: 'restore', record }
          : choice % 2 === 0
            ? { kind: 'reject', record }
            : { kind: 'edit', record, fields: { text: `written by a person, ${choice}` } }
      await workspace.decide(name, [decision], 'ada', 0)
    },
    async takeLedger(from) {
      const calls = await (from as typeof self).database.read(connection =>
        connection.selectFrom('call').selectAll().execute(),
      )
      if (calls.length > 0) await database.transact(connection => connection.insertInto('call').values(calls).execute())
    },
    facts: run => readFacts(run),
    close: () => database.close(),
  }

  async function readFacts(run: string): Promise<Facts> {
    return database.read(async connection => {
      const [row, attempts, lease, records, rounds, units] = [
        await connection.selectFrom('run').selectAll().where('id', '=', run).executeTakeFirst(),
        await connection.selectFrom('attempt').selectAll().where('run', '=', run).execute(),
        await connection.selectFrom('lease').selectAll().where('run', '=', run).executeTakeFirst(),
        await connection
          .selectFrom('record')
          .select(['id', 'position', 'cell', 'content', 'unit', 'outcome'])
          .where('run', '=', run)
          .execute()
          .then(selected => asSelected(connection, selected)),
        await connection.selectFrom('round').selectAll().where('run', '=', run).orderBy('number').execute(),
        await connection
          .selectFrom('unit')
          .select(['ordinal', 'cell', 'cell_ordinal', 'state'])
          .where('run', '=', run)
          .execute(),
      ]
      const open: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }
      const closed: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }
      const holder = JSON.parse(lease?.holder ?? 'null') as { token: string } | null
      let openOfHolder = 0
      for (const attempt of attempts) {
        if (attempt.state === 'open') {
          add(open, 1, attempt.worst_tokens, attempt.worst_nano_usd)
          if (attempt.fence === lease?.fence) openOfHolder++
        } else add(closed, attempt.charged_calls ?? 0, attempt.charged_tokens ?? 0, attempt.charged_nano_usd ?? 0)
      }
      const outcomes: Record<string, number> = {}
      for (const { outcome } of records) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      return {
        cursor: row?.cursor ?? 0,
        fence: lease?.fence ?? 0,
        spent: { calls: row?.spent_calls ?? 0, tokens: row?.spent_tokens ?? 0, nanoUsd: row?.spent_nano_usd ?? 0 },
        reserved: {
          calls: row?.reserved_calls ?? 0,
          tokens: row?.reserved_tokens ?? 0,
          nanoUsd: row?.reserved_nano_usd ?? 0,
        },
        attempts: { open, closed },
        openAttempts: holder ? { [holder.token]: openOfHolder } : {},
        kept: records
          .flatMap(({ id, position, cell, content, unit, outcome }) =>
            position === null || outcome !== 'kept'
              ? []
              : [{ id, position, cell, text: String(JSON.parse(content).fields.text), unit: unit ?? 0 }],
          )
          .sort((a, b) => a.position - b.position),
        outcomes,
        rounds: rounds.map(round => ({
          number: round.number,
          firstUnit: round.first_unit,
          units: round.units,
          known: round.known,
          feedback: JSON.parse(round.feedback),
          tallies: JSON.parse(round.tallies),
          selected: round.selected === 1,
        })),
        units: units.map(unit => ({
          ordinal: unit.ordinal,
          cell: unit.cell,
          cellOrdinal: unit.cell_ordinal,
          state: unit.state,
        })),
      }
    })
  }
  return self
}

function add(sum: Spending, calls: number, tokens: number, nanoUsd: number): void {
  sum.calls += calls
  sum.tokens += tokens
  sum.nanoUsd += nanoUsd
}

/** Rows as the run selected them: what the first decision on each found. */
async function asSelected<T extends { id: string; content: string; outcome: string }>(
  connection: Connection,
  rows: T[],
): Promise<T[]> {
  const decisions = await connection
    .selectFrom('decision')
    .select(['record', 'before'])
    .where('kind', '!=', 'reject')
    .orderBy('sequence', 'desc')
    .execute()
  const found = new Map<string, StoredDecision['before']>()
  for (const { record, before } of decisions) found.set(record, { ...found.get(record), ...JSON.parse(before) })
  return rows.map(row => {
    const { content, outcome = row.outcome } = found.get(row.id) ?? {}
    return { ...row, outcome, content: content ? JSON.stringify(content) : row.content }
  })
}
