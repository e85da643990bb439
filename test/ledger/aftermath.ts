/** What the database holds after a life, and what must hold of it. */
import type { Tally } from '../../src/model/run.ts'
import type { Database } from '../../src/stores/database.ts'

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

/** Kept texts in the order of their positions, which must be that of their units, without gap or repeat. */
export async function keptTexts(database: Database): Promise<string[]> {
  const rows = await database.read(connection =>
    connection
      .selectFrom('record')
      .select(['content', 'position', 'unit'])
      .where('position', 'is not', null)
      .orderBy('position')
      .execute(),
  )
  for (const [i, { position, unit }] of rows.entries()) {
    must(position === i, `record ${i} stands at position ${position}`)
    must(i === 0 || (rows[i - 1]?.unit ?? 0) < (unit ?? 0), `record ${i} of unit ${unit} is out of order`)
  }
  return rows.map(({ content }) => JSON.parse(content).fields.text)
}

/** Units whose calls are in the ledger. */
export async function unitsInLedger(database: Database): Promise<Set<number>> {
  const rows = await database.read(connection =>
    connection.selectFrom('attempt').innerJoin('call', 'call.key', 'attempt.key').select('attempt.unit').execute(),
  )
  return new Set(rows.map(({ unit }) => unit))
}

/** Throws unless reservations, charges, tallies and records of the only run add up; returns how many calls were charged. */
export async function checkSums(database: Database): Promise<number> {
  const { attempts, run, rounds, records } = await database.read(async connection => ({
    attempts: await connection.selectFrom('attempt').selectAll().execute(),
    run: await connection.selectFrom('run').selectAll().executeTakeFirstOrThrow(),
    rounds: await connection.selectFrom('round').select('tallies').execute(),
    records: await connection.selectFrom('record').select('outcome').execute(),
  }))
  const charged = { calls: 0, tokens: 0 }
  for (const attempt of attempts) {
    must(attempt.state !== 'open', `attempt ${attempt.id} was left open`)
    charged.calls += attempt.charged_calls ?? 0
    charged.tokens += attempt.charged_tokens ?? 0
  }
  must(run.reserved_calls === 0 && run.reserved_tokens === 0, `${run.reserved_calls} calls are still reserved`)
  must(
    run.spent_calls === charged.calls && run.spent_tokens === charged.tokens,
    `${run.spent_calls} calls and ${run.spent_tokens} tokens are spent, but ${JSON.stringify(charged)} were charged`,
  )
  const tallied = { candidates: 0, kept: 0, rejected: 0, surplus: 0 }
  for (const tally of rounds.flatMap(round => Object.values<Tally>(JSON.parse(round.tallies)))) {
    tallied.candidates += tally.candidates
    tallied.kept += tally.kept
    tallied.surplus += tally.surplus
    for (const count of Object.values(tally.rejected)) tallied.rejected += count
  }
  const count = (outcome: string) => records.filter(record => record.outcome === outcome).length
  const recorded = {
    ...{ candidates: records.length, kept: count('kept'), rejected: count('rejected'), surplus: count('surplus') },
  }
  must(
    JSON.stringify(tallied) === JSON.stringify(recorded),
    `the tallies ${JSON.stringify(tallied)} are not the records ${JSON.stringify(recorded)}`,
  )
  return charged.calls
}
