/** The cells of `records`: every combination that its grid and its quotas ask for, and how many records of each the quotas want. */
import type { Json } from '../../model/json.ts'
import { jointTable } from '../../stats/joint-table.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { Field } from './records-fields.ts'
import { readValue } from './records-values.ts'

interface CellParams {
  fields: Field[]
  quotas: Record<string, Record<string, number>>
  grid: Record<string, string[]>
  label?: string | undefined
}

/** What all records of a cell have: fields with one value, and attributes that are no field. */
export type Fixed = Record<string, Json>

export interface Cells {
  /** The fields as they are asked for: what a quota or a grid counts has values. */
  fields: Field[]
  cells: Map<string, Fixed>
  /** Kept records wanted per cell; absent without quotas. */
  targets?: Record<string, number>
}

interface Issue {
  path: (string | number)[]
  message: string
}

/** Each cell is asked for by calls of its own. */
const mostCells = 2000
const onlyCell = 'all'

/** An attribute, or several crossed: combinations of values and, of a quota, how many of each. */
interface Axis {
  names: string[]
  combinations: Json[][]
  counts?: number[]
}

/** The cells, or every contradiction there is. */
export function cellsOf(params: CellParams): { found?: Cells; issues: Issue[] } {
  const issues: Issue[] = []
  const fields = params.fields.map(field => withValues(field, params))
  for (const { name, type, values } of fields) {
    if (type === 'category' && !values)
      issues.push({ path: ['fields'], message: `“${name}” is a category: list its \`values\`` })
  }
  const quotas = Object.entries(params.quotas).map(([name, counts]) => quotaAxis(name, counts, fields, params, issues))
  const grid = gridAxes(params.grid, fields, issues)
  if (params.label !== undefined) issues.push(...labelIssues(params.label, fields))
  issues.push(...unequal(quotas), ...tooMany([...quotas, ...grid]))
  if (issues.length > 0) return { issues }
  return { found: { fields, ...crossed(quotas, grid) }, issues }
}

/** The cell of records that have these values; undefined if there is none. */
export function cellWith({ cells }: Cells, fixed: Fixed): string | undefined {
  const name = cellName(Object.entries(fixed))
  return cells.has(name) ? name : undefined
}

/** A field without a type of its own takes its values from the quota or the grid. */
function withValues(field: Field, { quotas, grid }: CellParams): Field {
  const values = Object.hasOwn(quotas, field.name) ? Object.keys(quotas[field.name]!) : own(grid, field.name)
  const open = field.type === 'text' || (field.type === 'category' && !field.values)
  return open && values && values.length > 0 ? { ...field, type: 'category', values, maxWords: undefined } : field
}

function own<T>(map: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

function quotaAxis(
  name: string,
  counts: Record<string, number>,
  fields: Field[],
  { grid }: CellParams,
  issues: Issue[],
): Axis {
  const path = ['quotas', name]
  const field = fields.find(field => field.name === name)
  const entries = Object.entries(counts)
  if (!field) issues.push({ path, message: unknownField(name, fields) })
  else if (field.type === 'list')
    issues.push({ path, message: `“${name}” is a list; a quota counts a field that has one value` })
  if (Object.hasOwn(grid, name))
    issues.push({ path, message: `“${name}” has a quota and is in the grid too: take it out of one of them` })
  if (entries.length > 0 && entries.every(([, count]) => count === 0))
    issues.push({ path, message: `the quota of “${name}” adds up to 0 records: give one value more` })
  return {
    names: [name],
    counts: entries.map(([, count]) => count),
    combinations: readAll(field, counts, path, issues),
  }
}

/** The grid as one axis: every combination of its attributes, the last changing fastest. */
function gridAxes(grid: Record<string, string[]>, fields: Field[], issues: Issue[]): Axis[] {
  const attributes = Object.entries(grid).map(([name, values]): Axis => {
    const field = fields.find(field => field.name === name)
    const path = ['grid', name]
    if (field?.type === 'list')
      issues.push({ path, message: `“${name}” is a list; a grid fixes fields that have one value` })
    const listed = Object.fromEntries(values.map(value => [value, 0]))
    return { names: [name], combinations: readAll(field, listed, path, issues) }
  })
  const size = attributes.reduce((product, { combinations }) => product * combinations.length, 1)
  if (attributes.length === 0 || size > mostCells) return attributes
  const cross = (rows: Json[][], { combinations }: Axis) =>
    rows.flatMap(row => combinations.map(([value]) => [...row, value!]))
  return [{ names: attributes.flatMap(({ names }) => names), combinations: attributes.reduce(cross, [[]]) }]
}

/** Values as their field reads them, or as they stand if they are no field's. */
function readAll(
  field: Field | undefined,
  values: Record<string, number>,
  path: (string | number)[],
  issues: Issue[],
): Json[][] {
  if (!field || field.type === 'list') return Object.keys(values).map(value => [value])
  const read = Object.keys(values).map(value => {
    const { value: found, fault } = readValue(field, value)
    if (fault !== undefined) issues.push({ path: [...path, value], message: strayValue(value, field, fault) })
    return found ?? value
  })
  const twice = read.find((value, at) => read.indexOf(value) < at)
  if (twice !== undefined) issues.push({ path, message: `“${twice}” is listed twice` })
  return read.map(value => [value])
}

function strayValue(value: string, { name, values }: Field, fault: string): string {
  const near = nearestName(value, values ?? [])
  const said = values ? `“${name}” has no value “${value}”: its values are ${values.join(', ')}` : `“${name}” ${fault}`
  return near === undefined ? said : `${said}; did you mean “${near}”?`
}

function unknownField(name: string, fields: Field[]): string {
  const names = fields.map(field => field.name)
  const near = nearestName(name, names)
  const hint = near === undefined ? `the fields are ${names.join(', ')}` : `did you mean “${near}”?`
  return `there is no field “${name}”; ${hint}`
}

function labelIssues(label: string, fields: Field[]): Issue[] {
  const field = fields.find(({ name }) => name === label)
  if (!field) return [{ path: ['label'], message: unknownField(label, fields) }]
  if (['category', 'list', 'boolean'].includes(field.type)) return []
  return [
    { path: ['label'], message: `“${label}” is of the type ${field.type}; a label comes from a field with \`values\`` },
  ]
}

/** Every record counts in each quota, so that all of them count the same records. */
function unequal(quotas: Axis[]): Issue[] {
  const [first, ...others] = quotas
  const other = others.find(axis => sum(axis) !== sum(first!))
  if (!other) return []
  const message = `${summed(first!)}, but ${summed(other)}: every record counts in both, so change one of them until the sums are equal`
  return [{ path: ['quotas', other.names[0]!], message }]
}

function summed(axis: Axis): string {
  const parts = axis.combinations.slice(0, 6).map(([value], at) => `${value} ${axis.counts![at]}`)
  return `“${axis.names[0]}” adds up to ${sum(axis)} (${parts.join(', ')}${axis.combinations.length > 6 ? ', …' : ''})`
}

function sum({ counts = [] }: Axis): number {
  return counts.reduce((total, count) => total + count, 0)
}

function tooMany(axes: Axis[]): Issue[] {
  const count = axes.reduce((product, { combinations }) => product * combinations.length, 1)
  if (count <= mostCells) return []
  const written = [count, mostCells].map(number => number.toLocaleString('en-US'))
  const message = `${axes.map(({ names, combinations }) => `${names.join('×')} (${combinations.length})`).join(' × ')} makes ${written[0]} cells, more than ${written[1]}: each is asked for on its own. Take an attribute out or list fewer values; what only has to vary can be one of the \`personas\``
  return [{ path: ['grid'], message }]
}

function crossed(quotas: Axis[], grid: Axis[]): Omit<Cells, 'fields'> {
  const total = quotas[0] ? sum(quotas[0]) : undefined
  const axes = [
    ...quotas,
    ...grid.map(axis => ({ ...axis, ...(total !== undefined && { counts: spread(total, axis) }) })),
  ]
  if (axes.length === 0) return { cells: new Map([[onlyCell, {}]]) }
  const all = axes.reduce<[string, Json][][]>(
    (rows, { names, combinations }) =>
      rows.flatMap(row =>
        combinations.map(values => [...row, ...values.map((value, at) => [names[at]!, value] as [string, Json])]),
      ),
    [[]],
  )
  const named = all.map(fixed => ({ name: cellName(fixed), fixed: Object.fromEntries(fixed) }))
  if (total === undefined) return { cells: new Map(named.map(({ name, fixed }) => [name, fixed])) }
  const counts = jointTable(axes.map(axis => axis.counts!))
  const wanted = named.map((cell, at) => ({ ...cell, count: counts[at]! })).filter(({ count }) => count > 0)
  return {
    cells: new Map(wanted.map(({ name, fixed }) => [name, fixed])),
    targets: Object.fromEntries(wanted.map(({ name, count }) => [name, count])),
  }
}

/** As even as whole numbers allow. */
function spread(total: number, { combinations }: Axis): number[] {
  const share = Math.floor(total / combinations.length)
  return combinations.map((_, at) => share + (at < total % combinations.length ? 1 : 0))
}

/** A single value is its own name, as labels are; several are told apart by theirs. */
function cellName(fixed: [string, Json][]): string {
  if (fixed.length === 0) return onlyCell
  if (fixed.length === 1) return String(fixed[0]![1])
  return fixed.map(([name, value]) => `${name}=${shown(String(value))}`).join(', ')
}

function shown(value: string): string {
  return /[,="]/.test(value) ? JSON.stringify(value) : value
}
