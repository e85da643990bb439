/** Draws from a model, or from the declaration in a recipe, to a file, a folder, a database or a stream: what `tables sample` does. */
import { availableParallelism } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { tableOrder } from '../../generators/table/table-order.ts'
import { tableParams } from '../../generators/table/table-params.ts'
import { CultivarError } from '../../model/error.ts'
import { onlyGiven } from '../../model/only-given.ts'
import { type TableFormat, type WriteTablesOptions, writeTables } from '../../table-files/index.ts'
import { streamText } from '../../table-files/stream-text.ts'
import { openSources, type SampleOrder } from '../../tables/open-sources.ts'
import type { BlockSource } from '../../tables/table.ts'
import { parseTableModel, type TableModel } from '../../tables/table-model.ts'
import { builtIns } from '../plugins.ts'
import { readTextFile } from '../read-text-file.ts'
import { readRecipe } from '../recipe-file.ts'
import { writeTextFile } from '../write-text-file.ts'
import { sampleCard } from './sample-card.ts'
import type { StageProgress } from './stage-progress.ts'
import { withThreads } from './threaded-sources.ts'

export interface SampleChoice extends Omit<SampleOrder, 'maker'> {
  /** A file, a folder, `sqlite:FILE` or `postgres://…`. */
  out: string
  format?: TableFormat
  overwrite?: boolean
  /** A dataset card beside it. */
  card?: boolean
  threads?: number
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

export interface Sampled {
  files: string[]
  /** By table. */
  rows: Record<string, number>
  notes: string[]
}

const mostThreads = 4

/** @throws CultivarError what reading, drawing and writing throw. */
export async function sampleTables(maker: string, choice: SampleChoice): Promise<Sampled> {
  return writeSample(await readOrder(maker, choice), maker, choice)
}

/** @param maker what the card calls that which says how the rows were made */
export async function writeSample(
  order: SampleOrder,
  maker: string,
  choice: Omit<SampleChoice, keyof SampleOrder>,
): Promise<Sampled> {
  const { out, format, overwrite, card, threads, signal, observe } = choice
  const wanted = await wantedRows(order)
  const keys = keysOf(order)
  return withThreads(
    order,
    sources => threads ?? usualThreads(order, sources),
    async (sources, notes) => {
      const written = await writeTables(out, sources, {
        ...(format && { format }),
        ...(overwrite && { overwrite }),
        ...(keys && { keys }),
        ...(signal && { signal }),
        ...(observe && {
          observe: (rows: number) => observe({ stage: 'drawing', share: wanted ? Math.min(1, rows / wanted) : 0 }),
        }),
      })
      const files = [...new Set(written.map(({ at }) => at))]
      const rows = Object.fromEntries(written.map(({ name, rows }) => [name, rows]))
      const beside = card ? [await writeTextFile(cardPath(out), sampleCard(order, rows, maker))] : []
      return { files: [...files, ...beside], rows, notes }
    },
  )
}

/** The only table of an order as the text of a CSV file, block by block. */
export async function sampleText(
  maker: string,
  choice: Omit<SampleChoice, 'out'>,
): Promise<{
  text: AsyncIterable<Uint8Array>
  notes: string[]
}> {
  const { sources, notes } = await openSources(await readOrder(maker, choice))
  const [only, ...others] = sources
  if (!only || others.length > 0) {
    throw new CultivarError(
      'bad-input',
      `There are ${sources.length} tables: ${sources.map(({ name }) => name).join(', ')}.`,
      'Name a folder or a database for them with --out.',
    )
  }
  const { format = 'csv' } = choice
  if (format === 'csv' || format === 'tsv' || format === 'json' || format === 'jsonl') {
    return { text: streamText(only, format), notes }
  }
  throw new CultivarError('bad-input', `${format} is no text.`, 'Name a file with --out.')
}

/** What is to be drawn, from the file that says it. */
async function readOrder(
  maker: string,
  { seed, rows, sizes, scale, entities, where, balance }: Omit<SampleOrder, 'maker'>,
): Promise<SampleOrder> {
  if (/\.(csv|tsv|tab|txt|dat|data|jsonl|ndjson|parquet|sqlite3?|db)$|^(sqlite|postgres(ql)?):/i.test(maker)) {
    throw new CultivarError(
      'bad-input',
      `${maker} holds tables, and rows are drawn from a model of them or a recipe that declares them.`,
      `Learn a model first: cultivar tables fit ${maker}`,
    )
  }
  const text = await readTextFile(maker)
  const asked = onlyGiven({ rows, sizes, scale, entities, where, balance })
  if (text.trimStart().startsWith('{')) return { maker: { model: parseTableModel(text, maker) }, seed, ...asked }
  const recipe = readRecipe(text, maker, builtIns())
  if (recipe.generator !== 'table') {
    throw new CultivarError(
      'bad-recipe',
      `${maker} is a recipe for the generator ${recipe.generator}, which makes no tables.`,
      `Grow it with “cultivar run ${maker}”; a recipe for tables says generator: table.`,
    )
  }
  const params = tableParams.parse(recipe.params)
  const order = await tableOrder(params, seed, path => readTextFile(resolve(dirname(maker), path)))
  return { ...order, ...asked }
}

/** What a model knows of keys, so that a database can hold them to it. */
function keysOf({ maker }: SampleOrder): WriteTablesOptions['keys'] {
  if (!('model' in maker) || maker.model.shape !== 'related') return undefined
  return maker.model.related.tables.map(({ name, primaryKey, main, references }) => ({
    table: name,
    primaryKey,
    foreignKeys: [...(main ? [main.key] : []), ...references.map(({ key }) => key)],
  }))
}

async function wantedRows(order: SampleOrder): Promise<number> {
  const { maker, rows, scale = 1 } = order
  if (rows !== undefined) return rows
  if ('model' in maker) return learned(maker.model) * scale
  const { sources } = await openSources(order)
  return sources.reduce((sum, source) => sum + (source.rows ?? 0), 0)
}

function learned({ learnedFrom }: TableModel): number {
  return Object.values(learnedFrom).reduce((sum, count) => sum + count, 0)
}

/**
 * Tables that hang together are made whole by whoever opens them: further threads would only make them again. Texts are handed over
 * by copying each, which takes longer than making them.
 */
function usualThreads({ maker }: SampleOrder, sources: BlockSource[]): number {
  if (sources.some(({ columns }) => columns.some(({ storage }) => storage === 'texts'))) return 1
  if ('model' in maker && maker.model.shape === 'related') return 1
  return Math.min(mostThreads, availableParallelism())
}

function cardPath(out: string): string {
  const file = out.replace(/^sqlite:/, '')
  if (/^postgres/.test(out)) return 'dataset.card.md'
  return extname(file) === '' ? join(file, 'README.md') : `${file.slice(0, file.length - extname(file).length)}.card.md`
}
