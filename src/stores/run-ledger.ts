/** The ledger's transactions: reserve and open attempts, store replies and settle. */
import type { AttemptOpening, OpeningAnswer, RunStore } from '../engine/ports.ts'
import type { Reply } from '../model/request.ts'
import { nothingSpent, type Spending } from '../model/run.ts'
import type { Connection, Database } from './database.ts'
import { packJson, unpackJson } from './packed-json.ts'
import { plainText } from './plain-text.ts'
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
        const { budget, spent, reserved } = runRow(await lockRun(connection, run, nowMs))
        await checkHolder(connection, run, fence)
        const keys = openings.map(opening => opening.key)
        const open = await openIds(connection, run, keys, nowMs)
        const claimed = await claim(
          connection,
          openings.filter(opening => !open.has(opening.key)),
          nowMs,
        )
        // Read once the keys are ours: whoever had one before has stored its reply by now.
        const stored = await replies(connection, keys)
        const added = { ...nothingSpent }
        const dropped: string[] = []
        let full = false
        const answers = openings.map((opening): OpeningAnswer => {
          const { id, key, worst } = opening
          const reply = stored.get(key)
          if (reply) {
            if (claimed.has(id)) dropped.push(id)
            return { kind: 'replied', reply }
          }
          // Opened already: the acknowledgement was lost.
          if (open.get(key) === id) return { kind: 'opened' }
          if (!claimed.has(id)) return { kind: 'busy' }
          full ||= (['calls', 'tokens', 'nanoUsd'] as const).some(
            unit =>
              spent[unit] + reserved[unit] + added[unit] + worst[unit] > (budget[unit] ?? Number.POSITIVE_INFINITY),
          )
          if (full) {
            dropped.push(id)
            return { kind: 'no-room' }
          }
          addTo(added, worst)
          return { kind: 'opened' }
        })
        if (dropped.length > 0) await connection.deleteFrom('attempt').where('id', 'in', dropped).execute()
        if (added.calls > 0) await moveSpending(connection, run, { reserved: added, spent: nothingSpent })
        return answers
      }),

    settleAttempts: (settlements, nowMs) =>
      database.transact(async connection => {
        const calls = settlements.flatMap(({ key, call, charged }) => (call ? [{ key, charged, ...call }] : []))
        const stored =
          calls.length === 0
            ? []
            : await connection
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
                .returning('key')
                .execute()
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
              fault: fault === undefined ? null : plainText(fault),
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
        const durable = new Map(calls.map(({ key, reply }) => [key, reply]))
        const own = new Set(stored.map(({ key }) => key))
        const lost = [...durable.keys()].filter(key => !own.has(key))
        for (const [key, reply] of await replies(connection, lost)) durable.set(key, reply)
        return durable
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

/** The open attempt of each key that has one; what a dead run left open is charged to it and set free. */
async function openIds(
  connection: Connection,
  run: string,
  keys: string[],
  nowMs: number,
): Promise<Map<string, string>> {
  const open = await connection
    .selectFrom('attempt')
    .select(['id', 'key', 'run'])
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
  return new Map(open.filter(attempt => !dead.has(attempt.run)).map(attempt => [attempt.key, attempt.id]))
}

/** Opens what nobody else opens at this moment; returns the ids that succeeded. In the order of keys, so that two runs never wait for each other. */
async function claim(connection: Connection, openings: AttemptOpening[], nowMs: number): Promise<Set<string>> {
  if (openings.length === 0) return new Set()
  const rows = openings.map(({ worst, ...opening }) => ({
    ...opening,
    state: 'open',
    worst_tokens: worst.tokens,
    worst_nano_usd: worst.nanoUsd,
    opened_ms: nowMs,
  }))
  const claimed = await connection
    .insertInto('attempt')
    .values(rows.sort((a, b) => (a.key < b.key ? -1 : 1)))
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .execute()
  return new Set(claimed.map(attempt => attempt.id))
}

function addTo(sum: Spending, more: Spending): void {
  sum.calls += more.calls
  sum.tokens += more.tokens
  sum.nanoUsd += more.nanoUsd
}
