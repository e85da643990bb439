/** A declared series with all of its tables made, for tests: columns as plain lists of values. */
import type { z } from 'zod'
import { openSeries, type SeriesOptions } from '../tables/series/declared/open-series.ts'
import { seriesSchema } from '../tables/series/declared/series-schema.ts'
import type { BlockSource, CategoryColumn, NumberColumn } from '../tables/table.ts'

/** As a person writes it. */
export type DeclaredSeries = z.input<typeof seriesSchema>

/** The table of readings itself, and all `tables`. */
export function declaredSeries(declared: DeclaredSeries, options: Partial<SeriesOptions> = {}) {
  const { sources, notes } = openSeries(seriesSchema.parse(declared), { seed: 1, ...options })
  return { sources, notes, ...readSource(sources[0]!), tables: sources.map(readSource) }
}

/** All blocks of a source, column by column. */
export function readSource(source: BlockSource) {
  const blocks = Array.from({ length: source.blocks }, (_, index) => source.block(index))
  const at = (name: string) => source.columns.findIndex(column => column.name === name)
  const known = new Map<string, unknown>()
  const once = <T>(name: string, read: () => T[]): T[] => {
    if (!known.has(name)) known.set(name, read())
    return known.get(name) as T[]
  }
  return {
    source,
    rows: blocks.reduce((sum, { rows }) => sum + rows, 0),
    numbers: (name: string) =>
      once(name, () => blocks.flatMap(({ columns }) => [...(columns[at(name)] as NumberColumn).values])),
    texts: (name: string) =>
      once(name, () =>
        blocks.flatMap(({ columns }) => {
          const { codes, dictionary } = columns[at(name)] as CategoryColumn
          return Array.from(codes, code => (code < 0 ? '' : dictionary[code]!))
        }),
      ),
  }
}
