/** Populations that begin as a table says: a row for each agent, columns of the same names for its fields and its place. */
import { CultivarError } from '../model/error.ts'
import type { Column, Table } from '../tables/table.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { Agent, CellAgent, PointAgent } from './agent.ts'
import type { FieldKind } from './fields.ts'
import type { ModelRandom } from './model-random.ts'
import type { Population } from './population.ts'
import { CellPopulation } from './spaces/cell-population.ts'
import { Grid } from './spaces/grid.ts'
import { PointPopulation } from './spaces/point-population.ts'

/**
 * Gives the populations the agents of their tables, after the model has set itself up. The first row changes the first agent that the
 * model made, the second the second; agents without a row are removed, and rows without an agent have one born as the copy of a random
 * one of the first, at a random place. Fields that no column names, and empty values, stay as the model made them. A place is `cell`,
 * or `x` and `y`; on a grid these are column and row.
 *
 * @returns what was not used or was changed, for people
 * @throws CultivarError `bad-input` for a population or a value that the model does not know.
 */
export function startPopulations(
  populations: readonly Population[],
  tables: Readonly<Record<string, Table>>,
  random: ModelRandom,
): string[] {
  return Object.entries(tables).flatMap(([name, table]) => {
    const population = populations.find(one => one.name === name)
    if (population) return startPopulation(population, table, random)
    const names = populations.map(one => one.name)
    const near = nearestName(name, names)
    throw new CultivarError(
      'bad-input',
      `The model has no population “${name}”.`,
      near === undefined
        ? `It has ${names.join(', ') || 'none'}.`
        : `Did you mean “${near}”? It has ${names.join(', ')}.`,
    )
  })
}

/** Writes one value of a row. */
type Setter = (agent: Agent, row: number) => void

function startPopulation(population: Population, table: Table, random: ModelRandom): string[] {
  const notes: string[] = []
  const { setters, place, unused } = settersOf(population, table, notes)
  if (unused.length > 0) notes.push(`“${population.name}”: no field is called ${unused.join(', ')}.`)
  const made = [...population]
  // Where cells are full, agents cannot change places one after the other: all leave, and others are born where the rows say.
  const anew = place !== undefined && population instanceof CellPopulation && Number.isFinite(population.space.capacity)
  const kept = anew ? 0 : Math.min(made.length, table.rows)
  for (const agent of made.slice(kept)) population.remove(agent)
  for (let row = 0; row < table.rows; row++) {
    let agent = made[row]
    if (row >= kept) {
      const pattern = row < made.length ? made[row] : made.length > 0 ? random.pick(made) : undefined
      agent = birth(population, pattern)
      if (place === undefined && isSomewhere(pattern)) placeAnywhere(population, agent, random)
    }
    for (const set of setters) set(agent!, row)
    place?.(agent!, row)
  }
  return notes
}

function birth(population: Population, pattern: Agent | undefined): Agent {
  const born = population.add()
  if (pattern) for (const column of population.columns) column[born.slot] = column[pattern.slot]!
  return born
}

/** Agents that the model put nowhere have copies that are nowhere. */
function isSomewhere(pattern: Agent | undefined): boolean {
  return pattern === undefined || pattern.cell >= 0 || pattern.population instanceof PointPopulation
}

function placeAnywhere(population: Population, agent: Agent, random: ModelRandom): void {
  if (population instanceof PointPopulation) {
    const { width, height } = population.space
    const point = agent as unknown as PointAgent
    point.moveTo(random.between(0, width), random.between(0, height))
  } else if (population instanceof CellPopulation) {
    const { space } = population
    const cell = Number.isFinite(space.capacity) ? space.randomEmptyCell() : space.randomCell()
    ;(agent as CellAgent).moveTo(cell)
  }
}

function settersOf(
  population: Population,
  table: Table,
  notes: string[],
): { setters: Setter[]; place?: Setter; unused: string[] } {
  const { fields } = population.type
  const ofField = table.columns.filter(({ name }) => Object.hasOwn(fields, name))
  const setters = ofField.map(column => fieldSetter(population.name, column, fields[column.name]!, notes))
  const others = table.columns.filter(column => !ofField.includes(column))
  const placing = placeSetter(population, others)
  if (setters.length === 0 && !placing && table.columns.length > 0) {
    throw new CultivarError(
      'bad-input',
      `No column of “${table.name}” is a field of the population “${population.name}”.`,
      `Its fields are ${[...Object.keys(fields), ...placeNames(population)].join(', ') || 'none'}; name the columns like them.`,
    )
  }
  const unused = others.filter(column => !placing?.columns.includes(column)).map(({ name }) => `“${name}”`)
  return { setters, unused, ...(placing && { place: placing.set }) }
}

/** Columns of a table that say where its agents are. */
export function placeNames(population: Population): string[] {
  if (population instanceof PointPopulation) return ['x', 'y']
  if (!(population instanceof CellPopulation)) return []
  return population.space instanceof Grid ? ['cell', 'x', 'y'] : ['cell']
}

function placeSetter(
  population: Population,
  columns: readonly Column[],
): { columns: Column[]; set: Setter } | undefined {
  const column = (name: string) => columns.find(one => one.name === name)
  const number = (from: Column, row: number, low: number, high: number) =>
    numberAt(population.name, from, row, { low, high, whole: population instanceof CellPopulation })
  const [cell, x, y] = [column('cell'), column('x'), column('y')]
  if (population instanceof PointPopulation) {
    const { width, height } = population.space
    if (!x || !y) return undefined
    return {
      columns: [x, y],
      set: (agent, row) => (agent as unknown as PointAgent).moveTo(number(x, row, 0, width), number(y, row, 0, height)),
    }
  }
  if (!(population instanceof CellPopulation)) return undefined
  const { space } = population
  if (cell)
    return {
      columns: [cell],
      set: (agent, row) => (agent as CellAgent).moveTo(number(cell, row, 0, space.cells - 1)),
    }
  if (!x || !y || !(space instanceof Grid)) return undefined
  return {
    columns: [x, y],
    set: (agent, row) =>
      (agent as CellAgent).moveTo(
        space.cellAt(number(x, row, 0, space.width - 1), number(y, row, 0, space.height - 1)),
      ),
  }
}

const wholeRanges: Partial<Record<FieldKind & string, [low: number, high: number]>> = {
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u32: [0, 2 ** 32 - 1],
  i16: [-(2 ** 15), 2 ** 15 - 1],
  u16: [0, 2 ** 16 - 1],
  i8: [-128, 127],
  u8: [0, 255],
  bool: [0, 1],
}

function fieldSetter(population: string, column: Column, kind: FieldKind, notes: string[]): Setter {
  const write = (agent: Agent, value: unknown) => {
    ;(agent as unknown as Record<string, unknown>)[column.name] = value
  }
  if (typeof kind !== 'string') {
    return (agent, row) => {
      const text = textAt(column, row)
      if (text === undefined) return
      if (!kind.includes(text)) throw unfit(population, column, row, text, `one of ${kind.join(', ')}`)
      write(agent, text)
    }
  }
  if (kind === 'bool') {
    return (agent, row) => {
      const text = textAt(column, row)?.toLowerCase()
      if (text === undefined) return
      if (!Object.hasOwn(switches, text)) throw unfit(population, column, row, text, 'true or false')
      write(agent, switches[text])
    }
  }
  const range = wholeRanges[kind]
  if (range && column.type === 'decimal')
    notes.push(`“${population}”: “${column.name}” is rounded, as its field holds whole numbers.`)
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return (agent, row) => {
    if (textAt(column, row) === undefined) return
    const value = numberAt(population, column, row, { low, high })
    write(agent, range ? Math.round(value) : value)
  }
}

const switches: Record<string, boolean> = { true: true, false: false, 1: true, 0: false, yes: true, no: false }

/** Undefined where there is no value. */
function textAt(column: Column, row: number): string | undefined {
  if (column.storage === 'codes') return column.dictionary[column.codes[row]!]
  if (column.storage === 'texts') return column.values[row] ?? undefined
  const value = column.values[row]!
  return Number.isNaN(value) ? undefined : String(value)
}

function numberAt(
  population: string,
  column: Column,
  row: number,
  { low, high, whole = false }: { low: number; high: number; whole?: boolean },
): number {
  const text = textAt(column, row)
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value
  const range = Number.isFinite(low) ? `a ${whole ? 'whole ' : ''}number from ${low} to ${high}` : 'a number'
  throw unfit(population, column, row, text ?? 'nothing', range)
}

function unfit(population: string, column: Column, row: number, value: string, wanted: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Row ${row + 1} of the population “${population}”: “${column.name}” is ${value}, and should be ${wanted}.`,
    'Mend the row, or leave the column out: then the model’s own values stay.',
    { population, row: row + 1, column: column.name },
  )
}
