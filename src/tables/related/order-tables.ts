/** In which order related tables are made, which foreign key brings forth a table’s rows, and which can only be filled afterwards. */
import type { ForeignKey, TableKeys } from '../table-keys.ts'

export interface OrderedTable {
  table: string
  primaryKey: string[]
  /** Undefined for a table whose rows stand by themselves. */
  main?: ForeignKey
  others: { key: ForeignKey; isLate: boolean }[]
}

/** @param childrenPerParent rows of the child for each row of the parent, by foreign key */
export function orderTables(
  keys: readonly TableKeys[],
  childrenPerParent: (key: ForeignKey, table: string) => number,
): { order: OrderedTable[]; notes: string[] } {
  const notes: string[] = []
  const waiting = new Map(keys.map(entry => [entry.table, entry]))
  const order: OrderedTable[] = []
  const made = new Set<string>()
  while (waiting.size > 0) {
    const next = nextOf(waiting, made)
    const { table, primaryKey, foreignKeys } = next
    const circular = foreignKeys.filter(key => key.table !== table && !made.has(key.table))
    if (circular.length > 0) {
      notes.push(
        `${table} and ${circular.map(key => key.table).join(', ')} refer to each other in a circle: ${circular.map(key => key.columns.join(', ')).join('; ')} of ${table} is filled last, by how often each row is referred to.`,
      )
    }
    const early = foreignKeys.filter(key => made.has(key.table))
    const main = mainOf(early, key => childrenPerParent(key, table))
    order.push({
      table,
      primaryKey,
      ...(main && { main }),
      others: foreignKeys.filter(key => key !== main).map(key => ({ key, isLate: !made.has(key.table) })),
    })
    made.add(table)
    waiting.delete(table)
  }
  return { order, notes }
}

/** The first whose parents are all made; where tables stand in a circle, the one that waits for fewest. */
function nextOf(waiting: Map<string, TableKeys>, made: Set<string>): TableKeys {
  const open = ({ table, foreignKeys }: TableKeys) =>
    foreignKeys.filter(key => key.table !== table && !made.has(key.table)).length
  return [...waiting.values()].reduce((best, entry) => (open(entry) < open(best) ? entry : best))
}

/** The parent with fewest children each, but at least one: families of a few rows are where rows are most alike. */
function mainOf(keys: ForeignKey[], perParent: (key: ForeignKey) => number): ForeignKey | undefined {
  const counted = keys.map(key => ({ key, children: perParent(key) }))
  const families = counted.filter(({ children }) => children >= 1)
  if (families.length > 0) return families.reduce((best, one) => (one.children < best.children ? one : best)).key
  if (counted.length > 0) return counted.reduce((best, one) => (one.children > best.children ? one : best)).key
  return undefined
}
