/** Columns that are one thing or another, by the value of a column. */
import { nearestName } from '../../text/nearest-name.ts'
import type { Expression } from '../expression/expression.ts'
import type { Column, ColumnHeader, TextColumn } from '../table.ts'
import { takeValues } from '../take-rows.ts'
import type { CasesChoice, PlainColumnChoice } from './column-choice.ts'
import { type ColumnMaker, columnOf, type OpenedMaker, type RowsToMake } from './column-maker.ts'
import { formulaMakers, parseFormula } from './formula-makers.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { runMakers } from './run-makers.ts'

interface Case {
  path: Path
  makers: ColumnMaker[]
}

export function caseMakers(
  name: string,
  choice: CasesChoice,
  path: Path,
  makersOf: (choice: PlainColumnChoice, path: Path) => ColumnMaker[],
): ColumnMaker[] {
  const by = `#${name} by`
  const caseOf = (inner: PlainColumnChoice, where: Path): Case => ({ path: where, makers: makersOf(inner, where) })
  const named = new Map(
    Object.entries(choice.cases).map(([value, inner]) => [value, caseOf(inner, [...path, 'cases', value])]),
  )
  const otherwise = choice.otherwise && caseOf(choice.otherwise, [...path, 'otherwise'])
  const all = [...named.values(), ...(otherwise ? [otherwise] : [])]
  const asText: Expression = {
    kind: 'call',
    name: 'text',
    arguments: [parseFormula(choice.by, [...path, 'by'])],
    at: 0,
  }
  const decided: ColumnMaker = {
    makes: [name],
    needs: [by, ...new Set(all.flatMap(({ makers }) => outerNeeds(makers)))],
    path,
    open(context) {
      const header = context.headers.find(one => one.name === by)!
      if (header.storage === 'codes') checkValues([...named.keys()], header.dictionary, [...path, 'cases'])
      const opened = all.map(({ makers }) => {
        const headers = [...context.headers]
        return makers.map(maker => {
          const one = maker.open({ ...context, headers })
          headers.push(...one.headers)
          return one
        })
      })
      const united = unite(
        name,
        opened.map(makers => makers.at(-1)!.headers[0]!),
        path,
      )
      const places = new Map([...named.keys()].map((value, place) => [value, place]))
      const last = otherwise ? all.length - 1 : -1
      return { headers: [united], make: rows => [decide(rows, by, places, last, opened, united)] }
    },
  }
  return [...formulaMakers(by, asText, [...path, 'by']), decided]
}

/** What makers need that they do not make for each other. */
function outerNeeds(makers: ColumnMaker[]): string[] {
  const made = new Set(makers.flatMap(({ makes }) => makes))
  return makers.flatMap(({ needs }) => needs).filter(need => !made.has(need))
}

function checkValues(written: string[], possible: readonly string[], path: Path): void {
  const wrong = written.find(value => !possible.includes(value))
  if (wrong === undefined) return
  const near = nearestName(wrong, possible)
  throw recipeFault(
    [...path, wrong],
    `the column never has the value “${wrong}”`,
    near ? `Did you mean “${near}”?` : `Its values are ${possible.slice(0, 12).join(', ')}.`,
  )
}

/** One column that can hold what any case makes. */
function unite(name: string, headers: ColumnHeader[], path: Path): ColumnHeader {
  const [first] = headers
  if (!first) throw recipeFault(path, 'there is no case', 'Name at least one: { L: normal(0, 1) }.')
  if (headers.every(header => header.storage === 'codes')) {
    return {
      storage: 'codes',
      type: 'category',
      name,
      dictionary: [...new Set(headers.flatMap(header => header.dictionary))],
    }
  }
  if (headers.every(header => header.storage !== 'numbers')) return { storage: 'texts', type: 'text', name }
  const types = new Set(headers.map(({ type }) => type))
  if (types.size === 1) return { ...first, name }
  if ([...types].every(type => type === 'integer' || type === 'decimal'))
    return { storage: 'numbers', type: 'decimal', name }
  throw recipeFault(
    path,
    `its cases are of different types: ${[...types].join(', ')}`,
    'Let all of them be numbers, or texts, or dates.',
  )
}

function decide(
  rows: RowsToMake,
  by: string,
  places: Map<string, number>,
  otherwise: number,
  opened: OpenedMaker[][],
  header: ColumnHeader,
): Column {
  const { table, numbers, random } = rows
  const deciding = columnOf(table, by)
  const which = (row: number): number => {
    const value =
      deciding.storage === 'codes' ? deciding.dictionary[deciding.codes[row]!] : (deciding as TextColumn).values[row]
    return (value === undefined || value === null ? undefined : places.get(value)) ?? otherwise
  }
  const groups = opened.map((): number[] => [])
  for (let row = 0; row < table.rows; row++) groups[which(row)]?.push(row)
  const out = emptyColumn(header, table.rows)
  groups.forEach((group, place) => {
    if (group.length === 0) return
    const picked = Int32Array.from(group)
    const some = {
      name: table.name,
      rows: group.length,
      columns: table.columns.map(column => takeValues(column, picked)),
    }
    const ofGroup = { table: some, numbers: Float64Array.from(picked, row => numbers[row]!), random }
    const made = runMakers(opened[place]!, ofGroup, number => random.fork(place).fork(number)).columns.at(-1)!
    scatter(made, picked, out)
  })
  return out
}

function emptyColumn(header: ColumnHeader, rows: number): Column {
  if (header.storage === 'numbers') return { ...header, values: new Float64Array(rows).fill(Number.NaN) }
  if (header.storage === 'codes') return { ...header, codes: new Int32Array(rows).fill(-1) }
  return { ...header, values: new Array<string | null>(rows).fill(null) }
}

/** Puts the values of some rows into their places. */
export function scatter(made: Column, rows: Int32Array, out: Column): void {
  if (out.storage === 'numbers') {
    const { values } = made as typeof out
    for (let i = 0; i < rows.length; i++) out.values[rows[i]!] = values[i]!
  } else if (out.storage === 'codes') {
    const { codes, dictionary } = made as typeof out
    const places = new Map(out.dictionary.map((text, code) => [text, code]))
    const moved = dictionary.map(text => places.get(text)!)
    for (let i = 0; i < rows.length; i++) out.codes[rows[i]!] = codes[i]! < 0 ? -1 : moved[codes[i]!]!
  } else {
    for (let i = 0; i < rows.length; i++) {
      out.values[rows[i]!] =
        made.storage === 'codes' ? (made.dictionary[made.codes[i]!] ?? null) : (made as TextColumn).values[i]!
    }
  }
}
