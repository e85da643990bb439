/** Makes proposals of chosen rows: their fields, what a scribe says of them, and where they are from. */
import type { Proposal } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { stepColumn } from '../../simulations/table-recorder.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Table } from '../../tables/table.ts'
import { cellOf } from '../table/cell-of.ts'
import type { ChosenRows } from './chosen-rows.ts'
import { scribedFields } from './scribe-templates.ts'
import type { FieldColumn, Selection } from './selection.ts'
import type { FoundRun } from './simulated-run.ts'
import type { SimulationParams } from './simulation-params.ts'

export interface RowMaker {
  /** @param random draws the wordings of a scribe, for each row by its number */
  proposals(rows: ChosenRows, random?: RandomStream): Proposal[]
  /** What a teacher is told of each. */
  facts(rows: ChosenRows): Record<string, Json>[]
}

export function rowMaker(params: SimulationParams, { facts }: FoundRun, selection: Selection): RowMaker {
  const origin = {
    simulation: facts.simulation,
    version: facts.version,
    ...(Object.keys(params.parameters).length > 0 && { parameters: params.parameters }),
    seed: facts.seed,
    table: facts.table,
  }
  return {
    proposals({ table, numbers }, random) {
      const fields = recordsOf(table, selection.fields)
      const labels = selection.label && recordsOf(table, [selection.label])
      const texts = random && selection.scribe?.(table, row => random.fork(numbers[row]!))
      const steps = table.columns.find(({ name }) => name === stepColumn)!
      return fields.map((own, row): Proposal => {
        const written = Object.fromEntries(
          scribedFields.flatMap(name => {
            const text = texts?.[name]?.[row] ?? null
            return text === null || text.trim() === '' ? [] : [[name, text.trim()]]
          }),
        )
        const source = { ...origin, step: cellOf(steps, row), row: numbers[row]! }
        const missing = texts && (['input', 'output'] as const).find(name => written[name] === undefined)
        const label = labels?.[row]?.[params.label!]
        return {
          fields: { ...written, ...own, ...(params.source && { source }) },
          ...(label !== undefined && { labels: label === null ? [] : [String(label)] }),
          ...(missing && { reject: { critic: 'valid', reason: `no variant of \`${missing}\` fits the row` } }),
        }
      })
    },
    facts: ({ table }) => recordsOf(table, selection.facts),
  }
}

function recordsOf(table: Table, columns: readonly FieldColumn[]): Record<string, Json>[] {
  const made = columns.map(({ name, of }) => ({ name, column: of(table) }))
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(made.map(({ name, column }) => [name, cellOf(column, row)])),
  )
}
