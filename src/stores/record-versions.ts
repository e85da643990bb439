/** The version of a record: by it, whoever decides on what others changed meanwhile is told. */
import { CultivarError } from '../model/error.ts'
import type { Connection } from './database.ts'
import { inParts } from './in-parts.ts'

/** Of the records, those that were decided on after what was seen of them. */
export async function changedSince(
  connection: Connection,
  ids: string[],
  seen: Readonly<Record<string, number>>,
): Promise<Set<string>> {
  const versions = await versionsOf(
    connection,
    [...new Set(ids)].filter(id => Object.hasOwn(seen, id)),
  )
  return new Set([...versions].flatMap(([id, version]) => (version > seen[id]! ? [id] : [])))
}

/** The sequence of the last decision on each record, undo included; records without any are left out. */
export async function versionsOf(connection: Connection, ids: string[]): Promise<Map<string, number>> {
  const rows = await inParts(ids, part =>
    connection
      .selectFrom('decision')
      .select(['record', ({ fn }) => fn.max('sequence').as('version')])
      .where('record', 'in', part)
      .groupBy('record')
      .execute(),
  )
  return new Map(rows.map(({ record, version }) => [record, Number(version)]))
}

export function recordChanged(records: string[]): CultivarError {
  return new CultivarError(
    'record-changed',
    records.length === 1
      ? `Record ${records[0]} was changed since you looked at it; nothing was stored.`
      : `${records.length} records were changed since you looked at them; nothing was stored.`,
    'Look at what it is now, and decide again.',
    { records },
  )
}
