/** The generator `table`: rows of tables, declared in the recipe or drawn from a fitted model; it needs no language model. */
import { defineGenerator, type Proposal } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { type OpenedSources, openSources, type SampleOrder } from '../tables/open-sources.ts'
import type { BlockSource, Table } from '../tables/table.ts'
import { cellOf } from './table/cell-of.ts'
import { tableOrder } from './table/table-order.ts'
import { type TableParams, tableParams } from './table/table-params.ts'

const perUnit = 500

export const table = defineGenerator<TableParams>({
  kind: 'table',
  summary: 'Draws rows of tables, declared in the recipe or learned from a real table; no model of language needed',
  params: tableParams,
  // In a table two rows may be equal, and names and numbers are what it is about.
  critics: () => [
    { kind: 'unique', enabled: false },
    { kind: 'privacy', enabled: false },
  ],

  async plan({ params, project, random, readText }) {
    const order = await tableOrder(params, random.uint32(), readText)
    const { sources, notes } = await openSources(order)
    if (project.kind !== 'records' && !sources.every(({ columns }) => columns.some(({ name }) => name === 'text'))) {
      throw new CultivarError(
        'bad-recipe',
        `Project “${project.name}” is of the kind ${project.kind}, whose records have a field \`text\`, and the table has no such column.`,
        'Make a project of records: cultivar projects create NAME --kind records.',
      )
    }
    const targets = Object.fromEntries(sources.map(source => [source.name, rowsOf(source)]))
    const [only, ...others] = Object.values(targets)
    const wanted = only !== undefined && others.length === 0 ? { defaultTarget: only } : { targets }
    return { cells: Object.keys(targets), material: order as unknown as Json, perUnit, ...wanted, notes }
  },

  async propose({ params, material, cell, cellOrdinal, asks }) {
    const rows = await openedRows(material)
    const source = rows.opened.sources.find(({ name }) => name === cell)!
    return rows.read(source, cellOrdinal * perUnit, asks).map(fields => proposal(fields, params.label))
  },
})

function rowsOf(source: BlockSource): number {
  if (source.rows !== undefined) return source.rows
  let rows = 0
  for (let index = 0; index < source.blocks; index++) rows += source.block(index).rows
  return rows
}

function proposal(fields: Record<string, Json>, label: string | undefined): Proposal {
  if (label === undefined || !(label in fields)) return { fields }
  const { [label]: value, ...others } = fields
  return { fields: others, labels: value === null ? [] : [String(value)] }
}

/** Units of a run share one order, so it is opened once, and the block that the last unit read is kept. */
const openedOrders = new WeakMap<object, Promise<OpenedRows>>()

function openedRows(material: Json): Promise<OpenedRows> {
  const key = material as unknown as object
  const known = openedOrders.get(key) ?? openRows(material as unknown as SampleOrder)
  openedOrders.set(key, known)
  return known
}

async function openRows(order: SampleOrder): Promise<OpenedRows> {
  return new OpenedRows(await openSources(order))
}

class OpenedRows {
  readonly opened: OpenedSources
  #last: { source: string; index: number; from: number; table: Table } | undefined

  constructor(opened: OpenedSources) {
    this.opened = opened
  }

  /** So many rows from a place on; fewer where the table ends. */
  read(source: BlockSource, from: number, count: number): Record<string, Json>[] {
    const rows: Record<string, Json>[] = []
    const last = this.#last?.source === source.name && this.#last.from <= from ? this.#last : undefined
    let [index, start] = last ? [last.index, last.from] : [0, 0]
    while (index < source.blocks && rows.length < count) {
      const block =
        this.#last?.source === source.name && this.#last.index === index ? this.#last.table : source.block(index)
      this.#last = { source: source.name, index, from: start, table: block }
      for (let row = Math.max(0, from + rows.length - start); row < block.rows && rows.length < count; row++) {
        rows.push(Object.fromEntries(block.columns.map(column => [column.name, cellOf(column, row)])))
      }
      start += block.rows
      index++
    }
    return rows
  }
}
