/** Which rows of a table become records, and with which fields: read from the recipe and checked against the columns. */
import { CultivarError } from '../../model/error.ts'
import { stepColumn } from '../../simulations/table-recorder.ts'
import { at } from '../../tables/declare/read-declaration.ts'
import { compileCondition, openExpression } from '../../tables/expression/compile-expression.ts'
import { type Expression, expressionColumns } from '../../tables/expression/expression.ts'
import { parseExpression } from '../../tables/expression/parse-expression.ts'
import type { Column, Table } from '../../tables/table.ts'
import { type Reference, referenceOf } from './references.ts'
import { type OpenedScribe, openScribe, parseScribe } from './scribe-templates.ts'
import type { FoundRun } from './simulated-run.ts'
import { providerScribeOf, type SimulationParams, templateScribeOf } from './simulation-params.ts'

/** A column of records, worked out for whole tables at once. */
export interface FieldColumn {
  name: string
  of: (table: Table) => Column
}

export interface Selection {
  /** Columns of other tables that it takes; they stand behind the table’s own. */
  references: Reference[]
  /** Whether a row is chosen, one value a row. */
  fits: (table: Table) => Uint8Array
  /** Fields, besides what a scribe writes. */
  fields: FieldColumn[]
  /** What a teacher is told of a row. */
  facts: FieldColumn[]
  label?: FieldColumn
  scribe?: OpenedScribe
}

/** @throws CultivarError `bad-recipe` with the member that is wrong. */
export function openSelection(params: SimulationParams, { facts: { table }, shape }: FoundRun): Selection {
  const own = shape.tables.find(({ name }) => name === table)!.columns
  const template = templateScribeOf(params)
  const scribe = template && parseScribe(template)
  const where = params.where === undefined ? undefined : read('where', params.where)
  const chosen = columnsOf(params)
  const label = params.label === undefined ? undefined : namedColumn(params.label)
  const expressions = [...(where ? [where] : []), ...(chosen ?? []).map(({ expression }) => expression)]
  const names = new Set([
    ...[...expressions, ...(label ? [label] : [])].flatMap(expressionColumns),
    ...(scribe?.names ?? []),
  ])
  const references = [...names]
    .filter(name => own.every(column => column.name !== name))
    .flatMap(name => referenceOf(name, table, shape) ?? [])
  const headers = [...own, ...references.map(({ header }) => header)]
  const open = (name: string, expression: Expression, path: string): FieldColumn => ({
    name,
    of: at(['params', path], () => openExpression(expression, headers, name)).column,
  })
  const all = (chosen ?? own.map(({ name }) => ({ name, expression: namedColumn(name) })))
    .filter(({ name }) => name !== params.label)
    .map(({ name, expression }) => open(name, expression, 'columns'))
  const fields = params.scribe && !chosen ? [] : all
  for (const { name } of fields) requireFree(name, params)
  return {
    references,
    fits: fitting(params.every, where && at(['params', 'where'], () => compileCondition(where, headers))),
    fields,
    facts: providerScribeOf(params) ? all : [],
    ...(label && { label: open(params.label!, label, 'label') }),
    ...(scribe && { scribe: openScribe(scribe, headers) }),
  }
}

function columnsOf({ columns }: SimulationParams): { name: string; expression: Expression }[] | undefined {
  if (columns === undefined) return undefined
  if (Array.isArray(columns)) return columns.map(name => ({ name, expression: namedColumn(name) }))
  return Object.entries(columns).map(([name, text]) => ({ name, expression: read('columns', text) }))
}

function read(member: string, text: string): Expression {
  return at(['params', member], () => parseExpression(text))
}

function namedColumn(name: string): Expression {
  return { kind: 'column', name, at: 0 }
}

function requireFree(name: string, { scribe, source }: SimulationParams): void {
  const taken = [...(source ? ['source'] : []), ...(scribe ? ['input', 'context', 'output'] : [])]
  if (!taken.includes(name)) return
  throw new CultivarError(
    'bad-recipe',
    `params.columns: a record has a field “${name}” already.`,
    name === 'source'
      ? 'Say source: false, or give the column another name: columns: { origin: source }.'
      : `Give the column another name: columns: { own_${name}: ${name} }.`,
  )
}

function fitting(every: number, condition: Selection['fits'] | undefined): Selection['fits'] {
  return table => {
    const fits = condition?.(table) ?? new Uint8Array(table.rows).fill(1)
    const steps = table.columns.find(({ name }) => name === stepColumn)
    if (every > 1 && steps?.storage === 'numbers') {
      for (let row = 0; row < fits.length; row++) if (steps.values[row]! % every !== 0) fits[row] = 0
    }
    return fits
  }
}
