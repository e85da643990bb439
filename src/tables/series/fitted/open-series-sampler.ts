/** Draws new series from what was fitted, block by block. */
import { CultivarError } from '../../../model/error.ts'
import { randomStream } from '../../../stats/random-stream.ts'
import { type BlockSource, blockRows, type Column, type ColumnHeader, type Table } from '../../table.ts'
import { type EntityRows, type Outputs, openEntities } from './draw-entity.ts'
import type { FittedSeries } from './fitted-series.ts'
import { openTraits } from './open-traits.ts'

export interface SampleSeriesOptions {
  /** How many entities; default: as many as there were, or as make the rows. */
  entities?: number
  /** Rows in all: the last entity may be cut short. Of a single entity, how long it is. */
  rows?: number
  seed: number
}

/** A stretch of an entity within a block. */
interface Piece {
  entity: number
  from: number
  rows: number
}

/**
 * An entity depends on the seed and its number alone, but for the last one that `rows` cuts. Entities of up to twice `blockRows` rows lie in one block; longer ones go over
 * several, which are quickest in their order.
 *
 * @throws CultivarError `bad-input` for several entities of a series without a column that tells them apart, or for none.
 */
export function openSeriesSampler(fitted: FittedSeries, options: SampleSeriesOptions): BlockSource {
  const random = randomStream(options.seed).fork('series').fork(fitted.name)
  const drawTraits = openTraits(fitted, random.fork('traits'))
  const lengths = entityLengths(fitted, options, drawTraits)
  const blocks = blocksOf(lengths.rows)
  const openEntity = openEntities(fitted)
  const columns = headersOf(fitted, lengths.rows.length)
  const start = (entity: number) => {
    const traits = drawTraits(entity)
    return { traits, rows: openEntity(lengths.lives[entity]!, traits, random.fork('rows').fork(entity)) }
  }
  let long: { entity: number; done: number; traits: Float64Array; rows: EntityRows } | undefined
  return {
    name: fitted.name,
    columns,
    blocks: blocks.length,
    rows: lengths.rows.reduce((a, b) => a + b, 0),
    block(index) {
      const pieces = blocks[index]!
      const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0)
      const table = emptyTable(fitted.name, columns, rows)
      const outputs: Outputs = new Map(table.columns.flatMap(column => outputOf(column)))
      let at = 0
      for (const { entity, from, rows } of pieces) {
        const whole = from === 0 && rows === lengths.rows[entity]
        if (!whole && (!long || long.entity !== entity || long.done > from))
          long = { entity, done: 0, ...start(entity) }
        const drawn = whole ? start(entity) : long!
        // Each row goes on from the one before: what was not drawn yet is drawn and dropped.
        for (; !whole && long!.done < from; long!.done += blockRows) {
          long!.rows.write(
            blockRows,
            new Map(emptyTable('', columns, blockRows).columns.flatMap(column => outputOf(column))),
            0,
          )
        }
        drawn.rows.write(rows, outputs, at)
        if (!whole) long!.done += rows
        writeOnce(fitted, table, outputs, { entity, traits: drawn.traits, at, rows })
        at += rows
      }
      return table
    },
  }
}

/** Rows to be made of each entity, and rows that each would live for: the last one may be cut. */
function entityLengths(
  fitted: FittedSeries,
  { entities, rows }: SampleSeriesOptions,
  drawTraits: (entity: number) => Float64Array,
): { rows: Int32Array; lives: Int32Array } {
  const single = fitted.entities === 1
  if ((entities !== undefined && !(entities >= 1)) || (rows !== undefined && !(rows >= 1))) {
    throw new CultivarError('bad-input', 'No series has less than one row.', 'Ask for one entity and one row at least.')
  }
  if (!fitted.entity && (entities ?? 1) > 1) {
    throw new CultivarError(
      'bad-input',
      `“${fitted.name}” has no column that tells entities apart, so it can hold one only.`,
      'Fit it with an entity column (--series time=…,entity=…), or sample one entity several times with different seeds.',
    )
  }
  if (single) {
    const length = rows ?? fitted.rows
    const all = new Int32Array(entities ?? 1).fill(length)
    return { rows: all, lives: all }
  }
  const place = fitted.traits.findIndex(({ kind }) => kind === 'length')
  const made: number[] = []
  const lives: number[] = []
  const count = entities ?? (rows === undefined ? fitted.entities : Infinity)
  for (let entity = 0, left = rows ?? Infinity; entity < count && left > 0; entity++) {
    const life = Math.max(1, drawTraits(entity)[place]!)
    lives.push(life)
    made.push(Math.min(left, life))
    left -= life
  }
  return { rows: Int32Array.from(made), lives: Int32Array.from(lives) }
}

function blocksOf(lengths: Int32Array): Piece[][] {
  const blocks: Piece[][] = []
  let open: Piece[] = []
  let count = 0
  const close = () => {
    if (open.length > 0) blocks.push(open)
    open = []
    count = 0
  }
  lengths.forEach((length, entity) => {
    if (length > 2 * blockRows) {
      close()
      for (let from = 0; from < length; from += blockRows)
        blocks.push([{ entity, from, rows: Math.min(blockRows, length - from) }])
      return
    }
    if (count + length > blockRows) close()
    open.push({ entity, from: 0, rows: length })
    count += length
  })
  close()
  return blocks
}

function headersOf({ headers, entity }: FittedSeries, entities: number): ColumnHeader[] {
  return headers.map(header => {
    if (!entity || header.name !== entity.name || header.storage !== 'codes') return header
    return { ...header, dictionary: Array.from({ length: entities }, (_, place) => nameOf(entity, place)) }
  })
}

function nameOf({ prefix, digits }: NonNullable<FittedSeries['entity']>, place: number): string {
  return prefix + String(place + 1).padStart(digits, '0')
}

function emptyTable(name: string, headers: ColumnHeader[], rows: number): Table {
  const columns = headers.map((header): Column => {
    if (header.storage === 'numbers') return { ...header, values: new Float64Array(rows) }
    if (header.storage === 'codes') return { ...header, codes: new Int32Array(rows) }
    return { ...header, values: new Array<string | null>(rows).fill(null) }
  })
  return { name, rows, columns }
}

function outputOf(column: Column): [string, Float64Array | Int32Array][] {
  if (column.storage === 'texts') return []
  return [[column.name, column.storage === 'codes' ? column.codes : column.values]]
}

/** The entity’s name, its static columns, and constants. */
function writeOnce(
  fitted: FittedSeries,
  table: Table,
  outputs: Outputs,
  { entity, traits, at, rows }: { entity: number; traits: Float64Array; at: number; rows: number },
): void {
  const fill = (name: string, value: number | null) => {
    const out = outputs.get(name)!
    out.fill(
      value === null || Number.isNaN(value) ? (out instanceof Int32Array ? -1 : Number.NaN) : value,
      at,
      at + rows,
    )
  }
  for (const { name, value } of fitted.constants) fill(name, value)
  fitted.traits.forEach(({ kind, names, ranked }, place) => {
    if (kind === 'number') fill(names[0]!, traits[place]!)
    else if (kind === 'rank') {
      const values = ranked![Math.max(0, Math.min(ranked!.length - 1, Math.round(traits[place]!)))]!
      names.forEach((name, column) => {
        fill(name, values[column]!)
      })
    }
  })
  if (!fitted.entity) return
  const column = table.columns.find(({ name }) => name === fitted.entity!.name)!
  if (column.storage === 'texts') column.values.fill(nameOf(fitted.entity, entity), at, at + rows)
  else if (column.storage === 'codes') column.codes.fill(entity, at, at + rows)
  else column.values.fill(entity + 1, at, at + rows)
}
