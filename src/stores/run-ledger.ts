/** The ledger's transactions: reserve and open attempts, store replies and settle. */
import type { OpeningAnswer, RunStore } from '../engine/ports.ts'
import type { Reply } from '../model/request.ts'
import { nothingSpent, type Spending } from '../model/run.ts'
import type { Connection, Database } from './database.ts'
import { packJson, unpackJson } from './packed-json.ts'
import { chargeLost, moveSpending, negated, runRow, takenOver } from './run-lifecycle.ts'
import type { RunTable } from './tables.ts'

export function runLedger(
  database: Database,
): Pick<RunStore, 'findReplies' | 'openAttempts' | 'settleAttempts' | 'spending'> {
  return {
    findReplies: keys => database.read(connection => replies(connection, keys)),

    openAttempts: (openings, nowMs) =>
      database.transact(async connection => {
        const run = openings[0]?.run
        if (run === undefined) return []
        const fence = Math.max(...openings.map(opening => opening.fence))
        // Locks the run first: whoever takes the lease over locks it too before it charges what was left open.
        await lockRun(connection, run, nowMs)
        await checkHolder(connection, run, fence)
        const busy = await busyKeys(
          connection,
          run,
          openings.map(opening => opening.key),
          nowMs,
        )
        const { budget, spent, reserved } = runRow(await lockRun(connection, run, nowMs))
        const ids = openings.map(opening => opening.id)
        const keys = openings.map(opening => opening.key)
        const stored = await replies(connection, keys)
        const opened = await connection
          .selectFrom('attempt')
          .select('id')
          .where('id', 'in', ids)
          .where('state', '=', 'open')
          .execute()
        const repeated = new Set(opened.map(attempt => attempt.id))
        const added = { ...nothingSpent }
        let full = false
        const rows: (typeof openings)[number][] = []
        const answers = openings.map((opening): OpeningAnswer => {
          const reply = stored.get(opening.key)
          if (reply) return { kind: 'replied', reply }
          if (repeated.has(opening.id)) return { kind: 'opened' }
          if (busy.has(opening.key)) return { kind: 'busy' }
          const fits = (['calls', 'tokens', 'nanoUsd'] as const).every(
            unit =>
              budget[unit] === undefined ||
              spent[unit] + reserved[unit] + added[unit] + opening.worst[unit] <= budget[unit],
          )
          full ||= !fits
          if (full) return { kind: 'no-room' }
          addTo(added, opening.worst)
          busy.add(opening.key)
          rows.push(opening)
          return { kind: 'opened' }
        })
        if (rows.length > 0) {
          await connection
            .insertInto('attempt')
            .values(
              rows.map(({ id, key, unit, fence, worst }) => ({
                id,
                key,
                run,
                unit,
                fence,
                state: 'open',
                worst_tokens: worst.tokens,
                worst_nano_usd: worst.nanoUsd,
                opened_ms: nowMs,
              })),
            )
            .execute()
          await moveSpending(connection, run, { reserved: added, spent: nothingSpent })
        }
        return answers
      }),

    settleAttempts: (settlements, nowMs) =>
      database.transact(async connection => {
        const calls = settlements.flatMap(({ key, call, charged }) => (call ? [{ key, charged, ...call }] : []))
        if (calls.length > 0) {
          await connection
            .insertInto('call')
            .values(
              calls.map(({ key, provider, model, request, reply, charged }) => ({
                key,
                provider,
                model,
                request: packJson(request),
                reply: packJson(reply),
                tokens: charged.tokens,
                nano_usd: charged.nanoUsd,
                created_ms: nowMs,
              })),
            )
            .onConflict(conflict => conflict.column('key').doNothing())
            .execute()
        }
        const moved = new Map<string, { reserved: Spending; spent: Spending }>()
        for (const { attempt, run, charged, fault } of settlements) {
          // An attempt that is not open any more was charged already: as lost, or by this very transaction before.
          const open = await connection
            .updateTable('attempt')
            .set({
              state: 'settled',
              charged_calls: charged.calls,
              charged_tokens: charged.tokens,
              charged_nano_usd: charged.nanoUsd,
              fault: fault ?? null,
              closed_ms: nowMs,
            })
            .where('id', '=', attempt)
            .where('state', '=', 'open')
            .returning(['worst_tokens', 'worst_nano_usd'])
            .executeTakeFirst()
          if (!open) continue
          const sums = moved.get(run) ?? { reserved: { ...nothingSpent }, spent: { ...nothingSpent } }
          addTo(sums.reserved, negated({ calls: 1, tokens: open.worst_tokens, nanoUsd: open.worst_nano_usd }))
          addTo(sums.spent, charged)
          moved.set(run, sums)
        }
        for (const [run, sums] of moved) await moveSpending(connection, run, sums)
        return replies(
          connection,
          calls.map(call => call.key),
        )
      }),

    spending: run =>
      database.read(async connection => {
        const row = await connection.selectFrom('run').selectAll().where('id', '=', run).executeTakeFirstOrThrow()
        const { spent, reserved } = runRow(row)
        return { spent, reserved }
      }),
  }
}

function lockRun(connection: Connection, run: string, nowMs: number): Promise<RunTable> {
  return connection
    .updateTable('run')
    .set({ updated_ms: nowMs })
    .where('id', '=', run)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A holder that was taken over must not spend: what it opened now, nobody would ever settle. */
async function checkHolder(connection: Connection, run: string, fence: number): Promise<void> {
  const lease = await connection.selectFrom('lease').select('fence').where('run', '=', run).executeTakeFirst()
  if (lease?.fence !== fence) throw takenOver(run)
}

async function replies(connection: Connection, keys: string[]): Promise<Map<string, Reply>> {
  if (keys.length === 0) return new Map()
  const rows = await connection.selectFrom('call').select(['key', 'reply']).where('key', 'in', keys).execute()
  return new Map(rows.map(row => [row.key, unpackJson<Reply>(row.reply)]))
}

/** Keys that have an open attempt; what a dead run left open is charged to it and set free. */
async function busyKeys(connection: Connection, run: string, keys: string[], nowMs: number): Promise<Set<string>> {
  const open = await connection
    .selectFrom('attempt')
    .select(['key', 'run'])
    .where('key', 'in', keys)
    .where('state', '=', 'open')
    .execute()
  const dead = new Set<string>()
  for (const other of new Set(open.map(attempt => attempt.run))) {
    if (other === run) continue
    const lease = await connection.selectFrom('lease').select('expires_ms').where('run', '=', other).executeTakeFirst()
    if (lease && lease.expires_ms > nowMs) continue
    await chargeLost(connection, other, nowMs, Number.MAX_SAFE_INTEGER)
    dead.add(other)
  }
  return new Set(open.filter(attempt => !dead.has(attempt.run)).map(attempt => attempt.key))
}

function addTo(sum: Spending, more: Spending): void {
  sum.calls += more.calls
  sum.tokens += more.tokens
  sum.nanoUsd += more.nanoUsd
}
