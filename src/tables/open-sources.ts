/** From an order, what is to be made: a fitted model or a declaration, how much of it, and under which conditions. */
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Declaration } from './declare/declaration.ts'
import { loadLocales } from './declare/locales.ts'
import { openDeclaration } from './declare/open-declaration.ts'
import { parseExpression } from './expression/parse-expression.ts'
import { openRelatedSampler } from './related/open-related-sampler.ts'
import { openSeriesSampler } from './series/fitted/open-series-sampler.ts'
import { openTableSampler } from './synthesize/sample-table.ts'
import type { BlockSource } from './table.ts'
import type { TableModel } from './table-model.ts'

/** Plain JSON, so that any thread can open it again and make the same blocks. */
export interface SampleOrder {
  maker: { model: TableModel } | { declaration: Declaration }
  seed: number
  /** Of the only table; default: as many as were learned from, or declared. */
  rows?: number
  /** By table, where there are several. */
  sizes?: Record<string, number>
  /** Of several tables: how many times the rows that were learned from. */
  scale?: number
  /** Of series: how many entities. */
  entities?: number
  /** An expression that every row fulfils. */
  where?: string
  /** A column whose values get these shares of the rows; those not named share the rest as they did. */
  balance?: { column: string; shares: Record<string, number> }
}

export interface OpenedSources {
  sources: BlockSource[]
  /** What to know about them, for people, besides what the model’s own notes say. */
  notes: string[]
}

/** What several tables are drawn from at most, to look at them. */
const fewTimes = 10

/**
 * @param first only so many rows of each table are to be looked at: no more than it takes is made
 * @throws CultivarError `bad-input` where the order asks for what its maker cannot do, `bad-recipe` of a declaration.
 */
export async function openSources(order: SampleOrder, first?: number): Promise<OpenedSources> {
  const { maker, seed, rows, sizes, scale, entities, where, balance } = order
  if ('declaration' in maker) {
    refuse('A declared table', { where, balance, entities, scale })
    await loadLocales(maker.declaration)
    return openDeclaration(maker.declaration, { seed, ...onlyGiven({ rows, sizes, first }) })
  }
  const { model } = maker
  if (model.shape === 'series') {
    refuse('A series', { where, balance, sizes, scale })
    const size =
      first === undefined ? { rows, entities } : { rows: first, entities: entities && Math.min(entities, first) }
    return { sources: [openSeriesSampler(model.series, { seed, ...onlyGiven(size) })], notes: [] }
  }
  if (model.shape === 'related') {
    refuse('A model of several tables', { rows, where, balance, entities })
    return openRelatedSampler(model.related, { seed, ...onlyGiven({ sizes, scale, ...fewRows(order, first) }) })
  }
  refuse('A model of one table', { sizes, scale, entities })
  const { table } = model
  const condition = where === undefined ? {} : { where: parseExpression(where) }
  const source = openTableSampler(table, {
    rows: rows ?? table.rows,
    seed,
    ...condition,
    ...onlyGiven({ balance }),
  })
  return { sources: [source], notes: [] }
}

/** All tables are made at once, so that only smaller ones are quick. */
function fewRows(
  { maker, sizes, scale = 1 }: SampleOrder,
  first: number | undefined,
): Pick<SampleOrder, 'sizes' | 'scale'> {
  if (first === undefined || !('model' in maker)) return {}
  const most = fewTimes * first
  const longest = Math.max(1, ...Object.values(maker.model.learnedFrom))
  const asked = sizes && Object.entries(sizes).map(([table, rows]) => [table, Math.min(rows, most)] as const)
  return { scale: Math.min(scale, most / longest), ...(asked && { sizes: Object.fromEntries(asked) }) }
}

const spelled = {
  rows: 'a number of rows (--rows): give --size TABLE=N or --scale',
  scale: 'a scale (--scale)',
  where: 'a condition (--where)',
  balance: 'shares of a column’s values (--share)',
  sizes: 'sizes of its tables (--size)',
  entities: 'a number of entities (--entities)',
}

function refuse(what: string, asked: Partial<Record<keyof typeof spelled, unknown>>): void {
  for (const [option, value] of Object.entries(asked)) {
    if (value === undefined) continue
    throw new CultivarError(
      'bad-input',
      `${what} takes no ${spelled[option as keyof typeof spelled].replace(/^a /, '')}.`,
      'Leave it out; see “cultivar tables sample --help” for what each kind of model takes.',
    )
  }
}
