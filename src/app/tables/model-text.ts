/** What a model of tables knows, column by column, for people and for the studio. */
import type { FittedSeries } from '../../tables/series/fitted/fitted-series.ts'
import type { FittedColumn, FittedTable } from '../../tables/synthesize/fitted-table.ts'
import type { TableModel } from '../../tables/table-model.ts'
import { previewTable } from '../preview-table.ts'
import { spelledCount } from '../spelled.ts'

interface DescribedColumn {
  table: string
  name: string
  type: string
  /** How its values are made. */
  made: string
}

export interface DescribedModel {
  shape: TableModel['shape']
  source: string
  learnedFrom: Record<string, number>
  synthesizer: string
  columns: DescribedColumn[]
  notes: string[]
}

export function describeModel(model: TableModel): DescribedModel {
  const { shape, source, learnedFrom, notes } = model
  return { shape, source, learnedFrom, notes, ...describedParts(model) }
}

function describedParts(model: TableModel): Pick<DescribedModel, 'synthesizer' | 'columns'> {
  if (model.shape === 'table') return { synthesizer: model.table.synthesizer.kind, columns: columnsOf(model.table) }
  if (model.shape === 'series') return { synthesizer: 'series', columns: seriesColumns(model.series) }
  const { tables } = model.related
  return {
    synthesizer: tables.find(({ fitted }) => fitted)?.fitted?.synthesizer.kind ?? 'none',
    columns: tables.flatMap(({ name, columns, numbered, main, references, copied, fitted }) => {
      const known = new Map(fitted ? columnsOf(fitted).map(column => [column.name, column.made]) : [])
      const foreign = [...(main ? [main.key] : []), ...references.map(({ key }) => key)]
      return columns.map(({ name: column, type }) => {
        const key = foreign.find(({ columns }) => columns.includes(column))
        const copy = copied.find(one => one.column === column)
        const isNumbered = numbered.some(one => one.column === column)
        const made = key
          ? `refers to ${key.table}`
          : copy
            ? `repeats ${copy.from} of the row it refers to`
            : isNumbered
              ? 'numbered anew'
              : (known.get(column) ?? '')
        return { table: name, name: column, type, made }
      })
    }),
  }
}

function columnsOf({ name: table, columns }: FittedTable): DescribedColumn[] {
  return columns
    .filter(({ hidden }) => !hidden)
    .map(column => ({ table, name: column.header.name, type: column.header.type, made: madeBy(column) }))
}

function madeBy({ model, header }: FittedColumn): string {
  switch (model.kind) {
    case 'number':
      return `drawn within ${spelledCount(model.ends.length)} ranges${model.above ? `, never below ${model.above.column}` : ''}`
    case 'category':
      return `one of ${spelledCount(header.storage === 'codes' ? header.dictionary.length : model.category.length)} values`
    case 'constant':
      return model.value === null ? 'always empty' : 'always the same'
    case 'sequence':
      return 'counted anew'
    case 'id':
      return 'new texts of the same pattern'
    case 'text':
      return model.of === 'words' ? 'new words, as many as there were' : `made up (${model.of.replace('-', ' ')})`
    case 'lookup':
      return `follows from ${model.from}`
    case 'sum':
      return `the sum of ${model.parts.join(', ')}`
    case 'portion':
      return 'a part of a sum'
  }
}

function seriesColumns(series: FittedSeries): DescribedColumn[] {
  const made = new Map<string, string>([
    [series.time, 'time'],
    ...(series.entity ? [[series.entity.name, 'numbered anew'] as const] : []),
    ...series.constants.map(({ name }) => [name, 'always the same'] as const),
    ...series.states.flatMap(({ writes }) =>
      typeof writes === 'object' && 'column' in writes ? [[writes.column, 'goes from state to state'] as const] : [],
    ),
    ...series.columns.map(({ name }) => [name, 'moves along time with the others'] as const),
  ])
  return series.headers.map(({ name, type }) => ({
    table: series.name,
    name,
    type,
    made: made.get(name) ?? 'once for each entity',
  }))
}

export function modelText({ shape, source, learnedFrom, synthesizer, columns, notes }: DescribedModel, width: number) {
  const several = shape === 'related'
  const rows = Object.entries(learnedFrom).map(([name, count]) => `${name} (${spelledCount(count)} rows)`)
  return [
    `Learned from ${source}: ${rows.join(', ')}, by ${synthesizer}.`,
    '',
    previewTable(
      [...(several ? [{ title: 'table' }] : []), { title: 'column' }, { title: 'type' }, { title: 'how it is made' }],
      columns.map(({ table, name, type, made }) => [...(several ? [table] : []), name, type, made]),
      width,
    ),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n')
}
