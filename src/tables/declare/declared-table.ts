/** A declared table that is ready to be made, block by block. */
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import { type BlockSource, blockRows, type Column, type ColumnHeader } from '../table.ts'
import { BlockMaker, type BlockShape, type ParentTable, type ReadyMaker } from './block-maker.ts'
import { type ChildBlocks, openChildren } from './child-blocks.ts'
import { columnOf, type OpenContext, type OpenedMaker } from './column-maker.ts'
import type { TableChoice } from './declaration.ts'
import { type Finish, missingOf, openFinish } from './finish-column.ts'
import { joinColumns } from './join-columns.ts'
import { orderMakers } from './order-makers.ts'
import { planMakers } from './plan-makers.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { referenceMaker } from './reference-maker.ts'
import { boundsOf, conditionOf, openConditions } from './row-conditions.ts'
import { uniqueSets } from './unique-sets.ts'

export interface TableOptions {
  name: string
  path: Path
  seed: number
  /** Rows that are asked for, in place of those that are declared. */
  asked: number | undefined
  /** No more rows than these are made. */
  first: number
  calendars: OpenContext['calendars']
  notes: string[]
  /** Another table, opened. */
  table(name: string, path: Path): ParentTable
}

const usualRows = 1_000
const usualChildren = 'poisson(3)'

/** @throws CultivarError `bad-recipe` for whatever cannot be. */
export function openTable(choice: TableChoice, options: TableOptions): ParentTable & { source: BlockSource } {
  const { name, path, seed, asked, first, calendars, notes } = options
  const random = randomStream(seed).fork(name)
  const parent = choice.parent === undefined ? undefined : options.table(choice.parent, [...path, 'parent'])
  if (!parent && choice.children !== undefined) {
    throw recipeFault(
      [...path, 'children'],
      'it has no parent',
      'Name the table whose rows have children: parent: machines',
    )
  }
  const children =
    parent &&
    openChildren(
      parent,
      choice.children ?? usualChildren,
      { total: asked ?? choice.rows, most: first },
      random.fork('#children'),
      { calendars, notes },
      [...path, 'children'],
    )
  const declared = children ? children.rows : (asked ?? choice.rows ?? usualRows)
  const rows = Math.min(declared, first)
  const shape = blockShape(rows, children)

  const key = typeof choice.key === 'string' ? choice.key : choice.key?.[0]
  const conditions = (choice.constraints ?? []).flatMap((constraint, place) =>
    typeof constraint === 'string' ? [conditionOf(constraint, [...path, 'constraints', place])] : [],
  )
  const uniques = uniqueSets(choice, path, declared, shape.blocks, parent)
  const headers: ColumnHeader[] = []
  const whole = new Map<string, Column>()
  let maker: BlockMaker
  const table: ParentTable = {
    name,
    rows,
    key,
    headers,
    ...shape,
    columnsOf: (block, names) => maker.columnsOf(block, names),
    whole(column) {
      const known = whole.get(column)
      if (known) return known
      const blocks = Array.from({ length: shape.blocks }, (_, block) =>
        columnOf(maker.columnsOf(block, [column]), column),
      )
      const all = joinColumns(blocks, headers.find(header => header.name === column)!)
      whole.set(column, all)
      return all
    },
  }
  const referenceTo: Parameters<typeof planMakers>[4] = (column, reference, where) => {
    const isSelf = reference.references === name
    const target = isSelf ? undefined : options.table(reference.references, where)
    if (isSelf && key === undefined)
      throw recipeFault(where, 'its own table has no key', 'Name the column that identifies its rows: key: id')
    const used = target ? target.headers.map(header => header.name) : []
    return referenceMaker(column, reference, where, target ?? table, isSelf ? key : undefined, used)
  }
  const plan = planMakers(choice, path, boundsOf(conditions), uniques.listed, referenceTo)

  const given = (parent?.headers ?? [])
    .filter(header => !header.name.startsWith('#'))
    .map(header => ({ ...header, name: `parent.${header.name}` }))
  const ordered = orderMakers(plan.makers, new Set(given.map(header => header.name)))
  headers.push(...given)
  const context = { rows: declared, random, calendars, notes }
  const ready = ordered.map((maker): ReadyMaker => {
    const opened = finished(maker.open({ ...context, headers }), choice, path)
    headers.push(...opened.headers)
    return { ...maker, ...opened }
  })
  const certain = new Set(ready.flatMap(({ unique, makes }) => (unique ? makes : [])))
  const opened = openConditions(
    conditions,
    uniques.others.filter(({ columns }) => columns.every(column => !certain.has(column))),
    headers,
    shape.blocks,
  )
  maker = new BlockMaker(name, random, ready, opened, parent, children, shape)
  return { ...table, source: sourceOf(table, choice, plan.names, random, path) }
}

/** Rounds and clips what a maker makes. */
function finished(opened: OpenedMaker, choice: TableChoice, path: Path): OpenedMaker {
  const finishes = new Map(
    opened.headers.flatMap((header): [string, Finish][] => {
      const column = choice.columns[header.name]
      const finish = typeof column === 'object' && openFinish(header, column, [...path, 'columns', header.name])
      return finish ? [[header.name, finish]] : []
    }),
  )
  if (finishes.size === 0) return opened
  // What was unique may not be so when it is rounded.
  const { unique, ...rest } = opened
  return {
    ...rest,
    headers: opened.headers.map(header => finishes.get(header.name)?.header ?? header),
    make: rows => opened.make(rows).map(column => finishes.get(column.name)?.apply(column) ?? column),
  }
}

function blockShape(rows: number, children: ChildBlocks | undefined): BlockShape {
  if (children) {
    const { blocks } = children
    return { blocks: blocks.length, rowsOf: block => blocks[block]!.rows, firstOf: block => blocks[block]!.first }
  }
  return {
    blocks: Math.ceil(rows / blockRows),
    rowsOf: block => Math.min(blockRows, rows - block * blockRows),
    firstOf: block => block * blockRows,
  }
}

function sourceOf(
  table: ParentTable,
  choice: TableChoice,
  names: readonly string[],
  random: RandomStream,
  path: Path,
): BlockSource {
  const { headers } = table
  const shown = names.filter(name => {
    const column = choice.columns[name]
    return typeof column !== 'object' || column.hidden !== true
  })
  const missing = new Map(
    shown.flatMap(name => {
      const column = choice.columns[name]
      if (typeof column !== 'object' || column.missing === undefined) return []
      return [[name, missingOf(name, column.missing, [...path, 'columns', name])] as const]
    }),
  )
  const take = new Map([...missing].map(([name, one]) => [name, one.open(headers)]))
  const wanted = [...new Set([...shown, ...[...missing.values()].flatMap(({ needs }) => needs)])]
  return {
    name: table.name,
    columns: shown.map(name => headers.find(header => header.name === name)!),
    blocks: table.blocks,
    rows: table.rows,
    block(index) {
      const made = table.columnsOf(index, wanted)
      const columns = shown.map(name => {
        const column = columnOf(made, name)
        return take.get(name)?.(column, made, random.fork(name).fork('missing').fork(index)) ?? column
      })
      return { name: table.name, rows: made.rows, columns }
    },
  }
}
