/** The tables of a model: those that collect rows by themselves do so when it is time, and full blocks wait until a run takes them. */
import { CultivarError } from '../model/error.ts'
import { blockRows, type Table } from '../tables/table.ts'
import { type TableColumns, TableRecorder, type TableRow } from './table-recorder.ts'

/** When rows of a table are written by themselves. */
export interface Collecting<R> {
  /** After every so many steps; also before the first. */
  every: number
  /** Whether also after the last step, where that is none of these. */
  last?: boolean
  row: () => R
}

/** Full blocks of rows that wait for the end of a step: more are taken for a loop that writes without end. */
const mostBlocksInStep = 500

export class ModelTables {
  readonly all: TableRecorder[] = []
  readonly #steps: () => number
  readonly #collecting: { every: number; last: boolean; collect: () => void }[] = []
  #isClosed = false
  #blocks: Table[] = []

  constructor(steps: () => number) {
    this.#steps = steps
  }

  /** @throws CultivarError `bad-input` for a name taken twice, a number of steps that is none, and once it is closed. */
  create<const C extends TableColumns>(
    name: string,
    columns: C,
    collecting?: Collecting<TableRow<C> | TableRow<C>[]>,
  ): TableRecorder<C> {
    if (this.all.some(table => table.name === name))
      throw new CultivarError('bad-input', `Two tables are called “${name}”.`, 'Give each a name of its own.')
    if (this.#isClosed) {
      throw new CultivarError(
        'bad-input',
        `The table “${name}” is made while the run goes on.`,
        'Make tables where the model is made: as its fields, or in setup.',
      )
    }
    const recorder = new TableRecorder(name, columns, this.#steps, block => this.#send(block))
    this.all.push(recorder as unknown as TableRecorder)
    if (collecting) this.#collect(recorder, collecting)
    return recorder
  }

  #collect<C extends TableColumns>(
    recorder: TableRecorder<C>,
    { every, last = false, row }: Collecting<TableRow<C> | TableRow<C>[]>,
  ): void {
    if (!(Number.isInteger(every) && every >= 1)) {
      throw new CultivarError(
        'bad-input',
        `The table “${recorder.name}” is collected every ${every} steps.`,
        'Give a whole number from 1 on, or add the rows yourself when something happens.',
      )
    }
    const collect = () => {
      const rows = row()
      if (Array.isArray(rows)) for (const one of rows) recorder.add(one)
      else recorder.add(rows)
    }
    this.#collecting.push({ every, last, collect })
  }

  /** From now on there are no more: the files of the run are open. */
  close(): void {
    this.#isClosed = true
  }

  /** What is due after this step. */
  collect(): void {
    const steps = this.#steps()
    for (const { every, collect } of this.#collecting) if (steps % every === 0) collect()
  }

  /** What is wanted after the last step, and was not due. */
  collectLast(): void {
    const steps = this.#steps()
    for (const { every, last, collect } of this.#collecting) if (last && steps % every !== 0) collect()
  }

  get collectsLast(): boolean {
    return this.#collecting.some(({ last }) => last)
  }

  /** Blocks that are full; with `all`, also those that are not. */
  takeBlocks(all: boolean): Table[] {
    if (all) for (const table of this.all) table.flush()
    if (this.#blocks.length === 0) return []
    const blocks = this.#blocks
    this.#blocks = []
    return blocks
  }

  #send(block: Table): void {
    // Said once: what is collected already is still to be taken.
    if (this.#blocks.push(block) !== mostBlocksInStep + 1) return
    throw new CultivarError(
      'too-large',
      `More than ${(mostBlocksInStep * blockRows).toLocaleString('en')} rows were written within one step.`,
      'A loop that writes without end is the model’s mistake; else write them in several steps.',
    )
  }
}
