/** Learns several tables by their keys: families of rows keep their sizes and what they have in common. */
import { CultivarError } from '../../model/error.ts'
import { type FitTableOptions, fitTable, mergeRare } from '../synthesize/fit-table.ts'
import type { Column, ColumnHeader, Table } from '../table.ts'
import type { ForeignKey, TableKeys } from '../table-keys.ts'
import { coarseCodes } from './coarse-codes.ts'
import { copiedColumns } from './copied-columns.ts'
import type { FittedMember, FittedRelated } from './fitted-related.ts'
import { type GrowingTable, withParents } from './growing-table.ts'
import { linkRows, repeatedKeys } from './link-rows.ts'
import { numberedKeys } from './numbered-keys.ts'
import { type OrderedTable, orderTables } from './order-tables.ts'

export type FitRelatedOptions = Pick<FitTableOptions, 'synthesizer' | 'seed' | 'privacy' | 'signal' | 'observe'>

/**
 * @param tables at least two; each entry of `keys` names one of them
 * @throws CultivarError `bad-input` where keys name what is not there, or rows of a parent have equal keys.
 */
export function fitRelated(
  tables: Table[],
  keys: TableKeys[],
  options: FitRelatedOptions,
): { related: FittedRelated; notes: string[] } {
  checkKeys(tables, keys)
  const byName = new Map(tables.map(table => [table.name, table]))
  const notes: string[] = []
  const { epsilon } = options.privacy ?? {}
  if (epsilon !== undefined) notes.push(privacyOfTables(epsilon))
  const links = new Map<ForeignKey, Int32Array>()
  for (const { table, foreignKeys } of keys) {
    for (const key of foreignKeys) links.set(key, linked(byName.get(table)!, byName.get(key.table)!, key, notes))
  }
  const perParent = (key: ForeignKey, table: string) =>
    byName.get(table)!.rows / Math.max(1, byName.get(key.table)!.rows)
  const { order, notes: circles } = orderTables(keys, perParent)
  notes.push(...circles)
  const growing = new Map<string, GrowingTable>()
  const isPrivate = epsilon !== undefined
  const note = (text: string) => notes.push(text)
  for (const entry of order)
    growing.set(
      entry.table,
      begun(entry, byName.get(entry.table)!, links, growing, options.privacy ?? {}, text =>
        note(`${entry.table}: ${text}`),
      ),
    )
  const drafts = order.map(entry => {
    const member = growing.get(entry.table)!
    const draft = withParents(member, growing, isPrivate)
    for (const line of draft.notes) notes.push(line)
    return { member, draft }
  })
  let done = 0
  const fitted = drafts.map(({ member, draft }): FittedMember => {
    const { source, own, hidden, primaryKey } = member
    const modelled = [...draft.given.map(({ column }) => column), ...own, ...draft.wanted, ...hidden]
    const isEmpty = source.rows === 0 || modelled.length === draft.given.length
    const part = isEmpty
      ? undefined
      : fitTable(
          { name: source.name, rows: source.rows, columns: modelled },
          {
            ...options,
            given: draft.given.map(({ name }) => name),
            ...uniqueKey(member),
            ...(options.observe && { observe: share => options.observe!((done + share) / drafts.length) }),
          },
        )
    done++
    notes.push(...(part?.notes ?? []).map(note => `${source.name}: ${note}`))
    return {
      name: source.name,
      rows: source.rows,
      columns: source.columns.map(headerOf),
      // Under differential privacy the least number is somebody’s.
      numbered: numberedKeys(source, primaryKey, member.main, allForeign(member)).map(key =>
        isPrivate ? { ...key, first: 1 } : key,
      ),
      primaryKey,
      copied: member.copied,
      ...(draft.main && { main: draft.main }),
      references: draft.references,
      ...(part && { fitted: part }),
      given: part ? draft.given.map(({ name, from }) => ({ name, from })) : [],
    }
  })
  return { related: { tables: fitted }, notes }
}

function privacyOfTables(epsilon: number): string {
  return `ε = ${epsilon} is spent in each table, for one of its rows as it was learned: with columns of its parent and the numbers of its children. A row that others refer to stands in each of those too, and a row that refers to another changes that one’s numbers: what is spent on each adds up, so that whoever has several rows, in one table or in several, is protected less. The share of rows that refer to nothing is taken as public, and so is how keys are written.`
}

function checkKeys(tables: Table[], keys: TableKeys[]): void {
  const byName = new Map(tables.map(table => [table.name, table]))
  const check = (table: string, columns: string[]) => {
    const there = byName.get(table)
    const missing = there ? columns.find(name => !there.columns.some(column => column.name === name)) : undefined
    if (there && missing === undefined) return
    throw new CultivarError(
      'bad-input',
      there
        ? `Table ${table} has no column “${missing}”, which a key names.`
        : `A key names the table ${table}, which is not there.`,
      there
        ? `It has: ${there.columns.map(({ name }) => name).join(', ')}.`
        : `There are: ${tables.map(({ name }) => name).join(', ')}.`,
    )
  }
  for (const { table, primaryKey, foreignKeys } of keys) {
    check(table, primaryKey)
    for (const key of foreignKeys) {
      check(table, key.columns)
      check(key.table, key.references)
      const repeated = repeatedKeys(byName.get(key.table)!, key.references)
      if (repeated === 0) continue
      throw new CultivarError(
        'bad-input',
        `${repeated} rows of ${key.table} have the same ${key.references.join(', ')} as another row, so ${table} cannot refer to them by it.`,
        'Name the column that tells rows apart, or remove the repeated rows.',
      )
    }
  }
}

function linked(child: Table, parent: Table, key: ForeignKey, notes: string[]): Int32Array {
  const { rows, broken } = linkRows(child, parent, key)
  if (broken > 0) {
    notes.push(
      `${broken} of ${child.rows} rows of ${child.name} refer by ${key.columns.join(', ')} to a row that ${parent.name} does not have; they count as referring to nothing.`,
    )
  }
  return rows
}

function begun(
  entry: OrderedTable,
  source: Table,
  links: Map<ForeignKey, Int32Array>,
  growing: Map<string, GrowingTable>,
  privacy: NonNullable<FitTableOptions['privacy']>,
  note: (text: string) => void,
): GrowingTable {
  const foreign = [...(entry.main ? [entry.main] : []), ...entry.others.map(({ key }) => key)]
  const keyColumns = new Set([
    ...foreign.flatMap(({ columns }) => columns),
    ...numberedKeys(source, entry.primaryKey, entry.main, foreign).map(({ column }) => column),
  ])
  const free = source.columns.filter(({ name }) => !keyColumns.has(name))
  const parents = foreign.flatMap(key => {
    const parent = growing.get(key.table)
    return parent ? [{ key, parent: parent.source, rows: links.get(key)!, columns: parent.own }] : []
  })
  const copied = privacy.epsilon !== undefined ? [] : copiedColumns(source, free, parents)
  const rest = free.filter(({ name }) => !copied.some(({ column }) => column === name))
  // Here already, for its children learn these columns too, and may have many rows of a rare one.
  const { columns: own } = mergeRare({ ...source, columns: rest }, { privacy }, note)
  const coded = new Map(
    own.flatMap(column => {
      const codes = coarseCodes(column, privacy.mergeBelow)
      return codes ? [[column.name, codes] as const] : []
    }),
  )
  return { ...entry, source, own, copied, hidden: [], links, coded }
}

/** A key of one column that is not numbered: an id of some pattern. */
function uniqueKey({ primaryKey, own }: GrowingTable): Pick<FitTableOptions, 'constraints'> {
  const [only, ...others] = primaryKey
  const isOwn = only !== undefined && others.length === 0 && own.some(({ name }) => name === only)
  return isOwn ? { constraints: [{ kind: 'unique', columns: [only] }] } : {}
}

function allForeign({ main, others }: GrowingTable): ForeignKey[] {
  return [...(main ? [main] : []), ...others.map(({ key }) => key)]
}

function headerOf(column: Column): ColumnHeader {
  if (column.storage === 'numbers') {
    const { name, storage, type, decimals, pattern } = column
    return {
      name,
      storage,
      type,
      ...(decimals !== undefined && { decimals }),
      ...(pattern !== undefined && { pattern }),
    }
  }
  // What categories there are stands where they were learned: here it would be all of them, the merged and the hidden too.
  if (column.storage === 'codes') return { name: column.name, storage: 'codes', type: 'category', dictionary: [] }
  return { name: column.name, storage: 'texts', type: 'text' }
}
