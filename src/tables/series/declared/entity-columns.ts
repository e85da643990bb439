/** The columns that say which entity a row is of: its name, and what stays the same for all of its readings. */
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import type { Column, ColumnHeader } from '../../table.ts'
import { openDraw, openShare } from './number-draw.ts'
import type { StaticColumn } from './series-schema.ts'

export interface EntityColumn {
  header: ColumnHeader
  /** A column with `rows[i]` values of `entities[i]`, one after another. */
  column(entities: readonly number[], rows: readonly number[]): Column
}

/** Entities beyond which names are told as texts, not by their place in a list. */
const mostListed = 65_536
/** As numbers write it. */
const wholeNumber = /^(0|-?[1-9]\d{0,14})$/

/** The column of names. `keys`: what entities are called, in place of what is declared. */
export function nameColumn(
  { column: name, first }: { column: string; first: string | number },
  count: number,
  keys?: readonly string[],
): EntityColumn {
  if (!keys && typeof first === 'number')
    return numberColumn({ storage: 'numbers', name, type: 'integer' }, entity => first + entity)
  if (keys?.every(key => wholeNumber.test(key)))
    return numberColumn({ storage: 'numbers', name, type: 'integer' }, entity => Number(keys[entity]))
  const nameOf = keys ? (entity: number) => keys[entity]! : countingOn(String(first))
  if (count > mostListed) {
    const header = { storage: 'texts', name, type: 'text' } as const
    return {
      header,
      column: (entities, rows) => ({
        ...header,
        values: entities.flatMap((entity, at) => Array<string>(rows[at]!).fill(nameOf(entity))),
      }),
    }
  }
  return codeColumn(
    name,
    Array.from({ length: count }, (_, entity) => nameOf(entity)),
    entity => entity,
  )
}

/** A column of its own for each entity. `random`: of an entity. */
export function staticColumn(
  name: string,
  declared: StaticColumn,
  random: (entity: number) => RandomStream,
): EntityColumn {
  if ('values' in declared) {
    const weights = Array.isArray(declared.values)
      ? Object.fromEntries(declared.values.map(text => [text, 1]))
      : (declared.values as Record<string, number>)
    const texts = Object.keys(weights)
    const ends: number[] = []
    for (const text of texts) ends.push((ends.at(-1) ?? 0) + weights[text]!)
    return codeColumn(name, texts, entity => {
      const at = openShare(random(entity)) * ends.at(-1)!
      return ends.findIndex(end => at < end)
    })
  }
  const draw = openDraw(declared)
  const type = openDistribution(declared).discrete ? 'integer' : 'decimal'
  return numberColumn({ storage: 'numbers', name, type }, entity => draw(random(entity)))
}

function numberColumn(
  header: ColumnHeader & { storage: 'numbers' },
  numberOf: (entity: number) => number,
): EntityColumn {
  return {
    header,
    column(entities, rows) {
      const values = new Float64Array(sum(rows))
      spread(entities, rows, (entity, from, to) => values.fill(numberOf(entity), from, to))
      return { ...header, values }
    },
  }
}

function codeColumn(name: string, dictionary: readonly string[], codeOf: (entity: number) => number): EntityColumn {
  const header = { storage: 'codes', name, type: 'category', dictionary } as const
  return {
    header,
    column(entities, rows) {
      const codes = new Int32Array(sum(rows))
      spread(entities, rows, (entity, from, to) => codes.fill(codeOf(entity), from, to))
      return { ...header, codes }
    },
  }
}

function spread(
  entities: readonly number[],
  rows: readonly number[],
  put: (entity: number, from: number, to: number) => void,
): void {
  let from = 0
  entities.forEach((entity, at) => {
    put(entity, from, from + rows[at]!)
    from += rows[at]!
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** `M-009`, `M-010`: the last number in the text counts on, and keeps its width. */
function countingOn(first: string): (entity: number) => string {
  const [, before, digits, after] = /^(.*?)(\d+)(\D*)$/s.exec(first)!
  return entity => `${before}${String(Number(digits) + entity).padStart(digits!.length, '0')}${after}`
}
