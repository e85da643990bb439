/** Opening, planning and closing runs: the transactions that take, renew and check the lease. */

import type { Holder, Lease, OpenedRun, RunStore } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'
import type { Round, RunRow, Spending, Unit, UnitOutcome } from '../model/run.ts'
import type { Connection, Database } from './database.ts'
import { unpackJson } from './packed-json.ts'
import { plainText } from './plain-text.ts'
import type { RoundTable, RunTable, UnitTable } from './tables.ts'

export function runLifecycle(database: Database): Pick<RunStore, 'openRun' | 'renewLease' | 'closeRun' | 'planRound'> {
  return {
    openRun: (run, wanted, taker) =>
      database.transact(async connection => {
        const created = {
          ...noSpending,
          cursor: 0,
          state: 'running',
          reason: '',
          hint: '',
          created_ms: taker.nowMs,
          updated_ms: taker.nowMs,
        }
        const wishes = { targets: JSON.stringify(wanted.targets), budget: JSON.stringify(wanted.budget) }
        await connection
          .insertInto('run')
          .values({
            id: run.id,
            project: run.project,
            identity: run.identity,
            snapshot: JSON.stringify(run.snapshot),
            ...wishes,
            ...created,
          })
          .onConflict(conflict => conflict.column('id').doNothing())
          .execute()
        const lease = await takeLease(connection, run.project, run.id, taker)
        await connection
          .updateTable('run')
          .set({ ...wishes, state: 'running', reason: '', hint: '', updated_ms: taker.nowMs })
          .where('id', '=', run.id)
          .execute()
        await chargeLost(connection, run.id, taker.nowMs, lease.fence)
        const row = await connection.selectFrom('run').selectAll().where('id', '=', run.id).executeTakeFirstOrThrow()
        return { run: runRow(row), lease, ...(await unfinished(connection, run.id)) }
      }),

    renewLease: (lease, untilMs) =>
      database.transact(async connection => {
        await checkFence(connection, lease)
        await connection
          .updateTable('lease')
          .set({ expires_ms: untilMs })
          .where('project', '=', lease.project)
          .execute()
      }),

    closeRun: (lease, end, nowMs) =>
      database.transact(async connection => {
        const held = await connection
          .selectFrom('lease')
          .selectAll()
          .where('project', '=', lease.project)
          .executeTakeFirst()
        // Given back already: the acknowledgement was lost.
        if (held?.fence === lease.fence && held.run === lease.run && held.holder === released) return
        await checkFence(connection, lease)
        await chargeLost(connection, lease.run, nowMs, lease.fence + 1)
        await connection
          .updateTable('run')
          .set({ state: end.state, reason: plainText(end.reason), hint: plainText(end.hint), updated_ms: nowMs })
          .where('id', '=', lease.run)
          .execute()
        await connection
          .updateTable('lease')
          .set({ holder: released, expires_ms: 0 })
          .where('project', '=', lease.project)
          .execute()
      }),

    planRound: (lease, round, units) =>
      database.transact(async connection => {
        await checkFence(connection, lease)
        const planned = await connection
          .insertInto('round')
          .values({ run: lease.run, ...roundColumns(round), number: round.number })
          .onConflict(conflict => conflict.columns(['run', 'number']).doNothing())
          .returning('number')
          .executeTakeFirst()
        if (!planned) return
        for (let i = 0; i < units.length; i += 500) {
          const rows = units
            .slice(i, i + 500)
            .map(unit => ({ run: lease.run, ...unitColumns(unit), state: 'planned', calls: '[]' }))
          await connection.insertInto('unit').values(rows).execute()
        }
      }),
  }
}

/** What a lease's holder reads as once it was given back. */
const released = 'null'

const noSpending = {
  spent_calls: 0,
  spent_tokens: 0,
  spent_nano_usd: 0,
  reserved_calls: 0,
  reserved_tokens: 0,
  reserved_nano_usd: 0,
}

async function takeLease(
  connection: Connection,
  project: string,
  run: string,
  taker: { holder: Holder; nowMs: number; leaseMs: number; isAlive: (holder: Holder) => boolean },
): Promise<Lease> {
  await connection
    .insertInto('lease')
    .values({ project, run, fence: 0, holder: released, expires_ms: 0 })
    .onConflict(conflict => conflict.column('project').doNothing())
    .execute()
  // An update that changes nothing locks the row on both databases.
  const held = await connection
    .updateTable('lease')
    .set(expression => ({ fence: expression.ref('fence') }))
    .where('project', '=', project)
    .returningAll()
    .executeTakeFirstOrThrow()
  const holder = JSON.parse(held.holder) as Holder | null
  if (holder?.token === taker.holder.token) return { project, run, fence: held.fence }
  if (holder && held.expires_ms > taker.nowMs && taker.isAlive(holder)) {
    throw new CultivarError(
      'run-held',
      `Run ${held.run} is growing project “${project}” right now (process ${holder.pid} on ${holder.host}, since ${new Date(holder.sinceMs).toISOString()}).`,
      'Wait for it to end, or add --wait to be queued behind it.',
      { run: held.run, pid: holder.pid, host: holder.host },
    )
  }
  const fence = held.fence + 1
  await connection
    .updateTable('lease')
    .set({ run, fence, holder: JSON.stringify(taker.holder), expires_ms: taker.nowMs + taker.leaseMs })
    .where('project', '=', project)
    .execute()
  return { project, run, fence }
}

/** Throws unless the lease is still ours; holds its row until the transaction ends. */
export async function checkFence(connection: Connection, lease: Lease): Promise<void> {
  const held = await connection
    .updateTable('lease')
    .set(expression => ({ fence: expression.ref('fence') }))
    .where('project', '=', lease.project)
    .where('run', '=', lease.run)
    .where('fence', '=', lease.fence)
    .returning('fence')
    .executeTakeFirst()
  if (!held) throw takenOver(lease.run)
}

export function takenOver(run: string): CultivarError {
  return new CultivarError(
    'run-taken-over',
    `Run ${run} was taken over by another process, since this one did not answer for a while.`,
    'Nothing is lost: the other process goes on. See “cultivar runs show”.',
  )
}

/** Charges attempts left open by holders with a lower fence at their worst case: they may have been served. */
export async function chargeLost(
  connection: Connection,
  run: string,
  nowMs: number,
  belowFence: number,
): Promise<void> {
  const lost = await connection
    .updateTable('attempt')
    .set(expression => ({
      state: 'lost',
      charged_calls: 1,
      charged_tokens: expression.ref('worst_tokens'),
      charged_nano_usd: expression.ref('worst_nano_usd'),
      closed_ms: nowMs,
    }))
    .where('run', '=', run)
    .where('state', '=', 'open')
    .where('fence', '<', belowFence)
    .returning(['worst_tokens', 'worst_nano_usd'])
    .execute()
  if (lost.length === 0) return
  const sum: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }
  for (const attempt of lost) {
    sum.calls += 1
    sum.tokens += attempt.worst_tokens
    sum.nanoUsd += attempt.worst_nano_usd
  }
  await moveSpending(connection, run, { reserved: negated(sum), spent: sum })
}

/** Adds to what a run has reserved and spent. */
export async function moveSpending(
  connection: Connection,
  run: string,
  by: { reserved: Spending; spent: Spending },
): Promise<void> {
  await connection
    .updateTable('run')
    .set(expression => ({
      reserved_calls: expression('reserved_calls', '+', by.reserved.calls),
      reserved_tokens: expression('reserved_tokens', '+', by.reserved.tokens),
      reserved_nano_usd: expression('reserved_nano_usd', '+', by.reserved.nanoUsd),
      spent_calls: expression('spent_calls', '+', by.spent.calls),
      spent_tokens: expression('spent_tokens', '+', by.spent.tokens),
      spent_nano_usd: expression('spent_nano_usd', '+', by.spent.nanoUsd),
    }))
    .where('id', '=', run)
    .execute()
}

export function negated(spending: Spending): Spending {
  return { calls: -spending.calls, tokens: -spending.tokens, nanoUsd: -spending.nanoUsd }
}

async function unfinished(connection: Connection, run: string): Promise<Pick<OpenedRun, 'rounds' | 'units'>> {
  const rounds = await connection.selectFrom('round').selectAll().where('run', '=', run).orderBy('number').execute()
  const first = rounds.find(round => round.selected === 0)?.first_unit ?? Number.MAX_SAFE_INTEGER
  const units = await connection
    .selectFrom('unit')
    .selectAll()
    .where('run', '=', run)
    .where('ordinal', '>=', first)
    .orderBy('ordinal')
    .execute()
  return { rounds: rounds.map(roundRow), units: units.map(row => ({ ...unitRow(row), outcome: outcomeOf(row) })) }
}

export function runRow(row: RunTable): RunRow {
  return {
    id: row.id,
    project: row.project,
    identity: row.identity,
    snapshot: JSON.parse(row.snapshot),
    targets: JSON.parse(row.targets),
    budget: JSON.parse(row.budget),
    state: row.state as RunRow['state'],
    reason: row.reason,
    hint: row.hint,
    cursor: row.cursor,
    spent: { calls: row.spent_calls, tokens: row.spent_tokens, nanoUsd: row.spent_nano_usd },
    reserved: { calls: row.reserved_calls, tokens: row.reserved_tokens, nanoUsd: row.reserved_nano_usd },
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  }
}

function roundRow(row: RoundTable): Round {
  return {
    number: row.number,
    firstUnit: row.first_unit,
    units: row.units,
    known: row.known,
    feedback: JSON.parse(row.feedback),
    tallies: JSON.parse(row.tallies),
    selected: row.selected === 1,
  }
}

function roundColumns(round: Round) {
  return {
    first_unit: round.firstUnit,
    units: round.units,
    known: round.known,
    feedback: JSON.stringify(round.feedback),
    tallies: JSON.stringify(round.tallies),
    selected: round.selected ? 1 : 0,
  }
}

function unitRow(row: UnitTable): Unit {
  return { ordinal: row.ordinal, round: row.round, cell: row.cell, cellOrdinal: row.cell_ordinal, asks: row.asks }
}

export function unitColumns(unit: Unit) {
  return { ordinal: unit.ordinal, round: unit.round, cell: unit.cell, cell_ordinal: unit.cellOrdinal, asks: unit.asks }
}

function outcomeOf(row: UnitTable): UnitOutcome | null {
  const calls = JSON.parse(row.calls) as string[]
  if (row.state === 'failed') return { state: 'failed', code: row.code ?? '', message: row.message ?? '', calls }
  if (row.state === 'skipped') return { state: 'skipped' }
  if (row.state === 'proposed')
    return { state: 'proposed', candidates: row.candidates ? unpackJson(row.candidates) : [], calls }
  return null
}
