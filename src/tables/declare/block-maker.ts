/** Makes blocks of a declared table, as much of them as is asked for, and draws rows again that do not fulfil its conditions. */
import type { RandomStream } from '../../stats/random-stream.ts'
import { filledNumbers } from '../expression/filled-arrays.ts'
import type { Column, Table } from '../table.ts'
import { takeValues } from '../take-rows.ts'
import { scatter } from './case-makers.ts'
import type { ChildBlocks } from './child-blocks.ts'
import { type ColumnMaker, columnOf, type OpenedMaker } from './column-maker.ts'
import { makersFor } from './order-makers.ts'
import type { TargetTable } from './reference-maker.ts'
import type { OpenedConditions } from './row-conditions.ts'

export interface BlockShape {
  blocks: number
  rowsOf(block: number): number
  /** Place of the first row of a block in the whole table. */
  firstOf(block: number): number
}

/** A table whose rows have children. */
export interface ParentTable extends TargetTable, BlockShape {
  /** A block with these columns, and maybe others. */
  columnsOf(block: number, names: readonly string[]): Table
}

export interface ReadyMaker extends ColumnMaker, OpenedMaker {}

/** Rows are drawn anew up to so many times as many as there are, and a few thousand more. */
const mostRedrawn = 300
const fewRows = 100_000
const mostAttempts = 20_000

interface Run {
  makers: readonly ReadyMaker[]
  block: number
  wanted: ReadonlySet<string>
  /** 0 at first, then how often rows were drawn anew. */
  attempt?: number
}

export class BlockMaker {
  readonly #name: string
  readonly #random: RandomStream
  readonly #makers: readonly ReadyMaker[]
  readonly #conditions: OpenedConditions
  readonly #parent: ParentTable | undefined
  readonly #children: ChildBlocks | undefined
  readonly #shape: BlockShape
  /** The block that was made last; those who read along keys ask for it again and again. */
  #last: { block: number; names: Set<string>; table: Table } | undefined

  constructor(
    name: string,
    random: RandomStream,
    makers: readonly ReadyMaker[],
    conditions: OpenedConditions,
    parent: ParentTable | undefined,
    children: ChildBlocks | undefined,
    shape: BlockShape,
  ) {
    this.#name = name
    this.#random = random
    this.#makers = makers
    this.#conditions = conditions
    this.#parent = parent
    this.#children = children
    this.#shape = shape
  }

  columnsOf(block: number, names: readonly string[]): Table {
    const last = this.#last
    if (last?.block === block && names.every(name => last.names.has(name))) return last.table
    const table = this.#make(block, names)
    this.#last = { block, names: new Set(table.columns.map(column => column.name)), table }
    return table
  }

  #make(block: number, names: readonly string[]): Table {
    const wanted = makersFor(this.#makers, names)
    // What depends on the row's number alone is the same in rows that are drawn anew.
    const redraws = this.#conditions.columns.length > 0 && !wanted.every(({ fixed }) => fixed)
    const makers = redraws ? makersFor(this.#makers, [...names, ...this.#conditions.columns]) : wanted
    const rows = this.#shape.rowsOf(block)
    const before = this.#shape.firstOf(block)
    const numbers = filledNumbers(rows, row => before + row)
    const tested = redraws ? this.#conditions.columns : []
    const needs = new Set([...names, ...tested, ...makers.flatMap(maker => maker.needs)])
    const start: Table = { name: this.#name, rows, columns: this.#parentColumns(block, [...needs]) }
    const run = { makers, block, wanted: needs }
    const table = this.#run(run, start, numbers)
    if (!redraws) return table

    const check = this.#conditions.check(block)
    let failing = Int32Array.from(check.failing(table))
    let redrawn = 0
    for (let attempt = 1; failing.length > 0; attempt++) {
      redrawn += failing.length
      if (attempt > mostAttempts || redrawn > mostRedrawn * rows + fewRows) throw check.fault(failing.length)
      const again: Table = {
        ...start,
        rows: failing.length,
        columns: start.columns.map(column => takeValues(column, failing)),
      }
      const made = this.#run(
        { ...run, attempt },
        again,
        Float64Array.from(failing, row => numbers[row]!),
      )
      for (const column of made.columns.slice(start.columns.length)) {
        scatter(column, failing, columnOf(table, column.name))
      }
      const still = check.failing(made)
      failing = Int32Array.from(still, place => failing[place]!)
    }
    return table
  }

  #run({ makers, block, wanted, attempt = 0 }: Run, start: Table, numbers: Float64Array): Table {
    const table: Table = { ...start, columns: [...start.columns] }
    for (const maker of makers) {
      const first = this.#random.fork(maker.makes[0]!).fork(block)
      const random = attempt > 0 ? first.fork(attempt) : first
      table.columns.push(...maker.make({ table, numbers, wanted, random }))
    }
    return table
  }

  /** `parent.x` for each row: x of its parent. */
  #parentColumns(block: number, names: readonly string[]): Column[] {
    const wanted = names.filter(name => name.startsWith('parent.')).map(name => name.slice('parent.'.length))
    if (!this.#parent || !this.#children || wanted.length === 0) return []
    const place = this.#children.blocks[block]!
    const parents = this.#parent.columnsOf(place.parentBlock, wanted)
    const rows = this.#children.parents(place)
    return wanted.map(name => ({ ...takeValues(columnOf(parents, name), rows), name: `parent.${name}` }))
  }
}
