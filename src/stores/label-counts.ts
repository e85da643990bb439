/** How balanced a dataset is, now or as it was at a position. */
import type { Database } from './database.ts'

/**
 * Records in the dataset by first label (`label`; records without one are left out) or by cell, those a person rejected left
 * out; with `before`, only records below that position.
 */
export function countBy(
  column: 'label' | 'cell',
  database: Database,
  project: string,
  before = Number.MAX_SAFE_INTEGER,
): Promise<Map<string, number>> {
  return database.read(async connection => {
    const rows = await connection
      .selectFrom('record')
      .select([column, expression => expression.fn.countAll().as('count')])
      .where('project', '=', project)
      .where('position', '<', before)
      .where('status', '!=', 'rejected')
      .where(column, 'is not', null)
      .groupBy(column)
      .execute()
    return new Map(rows.map(row => [row[column] ?? '', Number(row.count)]))
  })
}
