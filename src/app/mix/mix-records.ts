/** Datasets mixed into one file, each in the count or share that a recipe says. */
import { findFormat } from '../../formats/find-format.ts'
import type { ExportRecord } from '../../formats/format.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextStream } from '../write-text-stream.ts'
import type { MixDataset, MixRecipe } from './mix-recipe.ts'
import { type MixSource, openMixSource } from './mix-source.ts'
import type { MixedRow } from './mixed-row.ts'
import { timesTaken } from './times-taken.ts'

export interface MixedDataset {
  /** Path or project. */
  name: string
  /** Rows that can be used. */
  rows: number
  /** Rows with an empty message, which nobody can learn from. */
  dropped: number
  wanted: number
  given: number
  /** Whether rows were drawn with replacement, so that some may be there several times and some not at all. */
  repeats: boolean
}

export interface MixReport {
  file: string
  records: number
  datasets: MixedDataset[]
}

interface Sample extends MixedDataset {
  source: MixSource
}

/**
 * Writes the datasets one after the other, each in its own order; the same recipe and rows give the same bytes. Every file is read twice,
 * first to count. A sample takes no row twice unless more are wanted than there are: then, and always with `mixing: instructlab`, rows
 * are drawn with replacement, as InstructLab does.
 * Throws CultivarError `not-found`, `bad-file`, `bad-input`, and writes nothing then.
 */
export async function mixRecords(workspace: Workspace, recipe: MixRecipe, out: string): Promise<MixReport> {
  if (recipe.datasets.length === 0) {
    throw new CultivarError('bad-recipe', 'The recipe names no dataset to mix.', 'Add some under “datasets”.')
  }
  const samples = await samplesOf(workspace, recipe)
  const rows = drawn(samples, recipe.seed)
  const file = await writeTextStream(
    out,
    recipe.format === undefined ? lines(rows) : inFormat(workspace, rows, recipe.format),
  )
  const datasets = samples.map(told)
  return { file, records: datasets.reduce((sum, { given }) => sum + given, 0), datasets }
}

/** What mixing would give, without writing it. Throws as `mixRecords` does. */
export async function countMix(workspace: Workspace, recipe: MixRecipe): Promise<MixedDataset[]> {
  return (await samplesOf(workspace, recipe)).map(told)
}

async function samplesOf(workspace: Workspace, recipe: MixRecipe): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const dataset of recipe.datasets) samples.push(await counted(workspace, dataset, recipe))
  return samples
}

function told({ source, ...dataset }: Sample): MixedDataset {
  return dataset
}

async function counted(workspace: Workspace, dataset: MixDataset, recipe: MixRecipe): Promise<Sample> {
  const source = await openMixSource(workspace, dataset, recipe.systemPrompt)
  let rows = 0
  let dropped = 0
  for await (const row of source.rows()) {
    if (row) rows++
    else dropped++
  }
  const size = dataset.sampling_size
  const wanted = 'count' in size ? size.count : Math.trunc(rows * size.ratio)
  const isWhole = 'ratio' in size && size.ratio === 1
  const repeats = rows > 0 && (wanted > rows || (recipe.mixing === 'instructlab' && !isWhole))
  return { source, name: source.name, rows, dropped, wanted, given: rows === 0 ? 0 : wanted, repeats }
}

async function* drawn(samples: Sample[], seed: number): AsyncGenerator<MixedRow> {
  for (const [at, { source, rows, wanted, repeats }] of samples.entries()) {
    const taken = timesTaken(rows, wanted, repeats, randomStream(seed).fork(at))
    for await (const row of source.rows()) {
      if (!row) continue
      const times = taken.next().value ?? 0
      for (let copy = 0; copy < times; copy++) yield row
    }
  }
}

async function* lines(rows: AsyncIterable<MixedRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

function inFormat(workspace: Workspace, rows: AsyncIterable<MixedRow>, kind: string): AsyncIterable<string> {
  const format = findFormat('', kind, workspace.plugins.formats)
  const columns = format.needsColumns ? { columns: ['id', 'system', 'question', 'answer', 'messages', 'metadata'] } : {}
  return format.write(asRecords(rows), columns)
}

async function* asRecords(rows: AsyncIterable<MixedRow>): AsyncGenerator<ExportRecord> {
  for await (const { id, messages, metadata } of rows) {
    yield {
      ...{ id, project: '', position: null, outcome: 'imported', status: 'pending', split: 'train', tags: [] },
      ...{ cell: '', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0 },
      ...{ labels: [], spans: [], fields: { ...saidIn(messages), metadata } },
    }
  }
}

/** Question and answer where there is one of each, else the conversation. */
function saidIn(messages: MixedRow['messages']): Record<string, Json> {
  const [first, ...others] = messages
  const hasSystem = first?.role === 'system'
  const [question, answer, ...more] = hasSystem ? others : messages
  return more.length === 0 && question?.role === 'user' && answer?.role === 'assistant'
    ? { ...(hasSystem && { system: first.content }), question: question.content, answer: answer.content }
    : { messages }
}
