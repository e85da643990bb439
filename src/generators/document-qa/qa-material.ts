/** What a run of questions about documents is frozen with: texts and their passages, cells, splits, pipelines. */
import type { Plan, PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import type { Project } from '../../model/project.ts'
import type { Split, StoredRecord } from '../../model/record.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { type Passage, relatedPassages, spreadOrder } from './passages.ts'
import { adjusted, isPaired, pipelinesOf, questionsAtOnce } from './qa-pipelines.ts'
import { readDocuments, type SourceDocument } from './read-documents.ts'
import type { SourceParams } from './source-params.ts'
import { splitDocuments } from './split-documents.ts'

export interface QaDocument extends SourceDocument {
  split: Split
  passages: Passage[]
  /** For each passage those it belongs with; empty where no question takes two. */
  related: number[][]
}

export type QaMaterial = {
  documents: QaDocument[]
  /** The document of each cell, and its passages in the order they take turns. */
  cells: Record<string, { document: number; passages: number[] }>
  /** By type of question. */
  pipelines: Record<string, Pipeline>
  perUnit: number
}

/** As a run has frozen it. */
export function qaMaterial(material: Json): QaMaterial {
  return material as unknown as QaMaterial
}

/** Units of a round: it comes to each passage about once, so that the next one knows what was asked about it. */
const roundBounds = { least: 16, most: 2048 }

export interface QuestionKinds {
  /** Types of question, with the built-in pipeline of each. */
  pipelines: Record<string, string>
  /** What a pipeline must write. */
  fields: readonly string[]
  keepsJudges(type: string): boolean
}

/**
 * The plan of a run.
 *
 * @throws CultivarError `bad-recipe` where nothing can be asked as the parameters want it, and what reading throws.
 */
export async function planQuestions(
  context: PlanContext<SourceParams>,
  { pipelines: types, fields, keepsJudges }: QuestionKinds,
): Promise<Plan> {
  const { params, project } = context
  requireRecords(project)
  const pipelines = await pipelinesOf(context, types, fields)
  const read = await readDocuments(context)
  const paired = Object.values(pipelines).map(isPaired)
  const { cutPassages } = await import('./cut-passages.ts')
  const limits = { maxTokens: params.chunkTokens, overlapTokens: params.overlapTokens }
  const all = read.documents.map(document =>
    withPassages(document, cutPassages(document.markdown, limits), paired.includes(true)),
  )
  const documents = paired.includes(false) ? all : all.filter(({ passages }) => passages.length > 1)
  if (documents.length === 0) throw nothingToJoin(params)
  const splits = await splitsOf(context, documents)
  const cells = cellsOf(documents, params)
  const names = Object.keys(cells)
  const passages = documents.reduce((sum, document) => sum + document.passages.length, 0)
  const material: QaMaterial = {
    documents: documents.map((document, place) => ({ ...document, split: splits[place]! })),
    cells,
    pipelines: Object.fromEntries(
      Object.entries(pipelines).map(([type, pipeline]) => [type, adjusted(pipeline, params, keepsJudges(type))]),
    ),
    perUnit: questionsAtOnce(Object.values(pipelines), params),
  }
  return {
    cells: names,
    defaultTarget: params.qa_nums ?? params.qaNums,
    material: material as unknown as Json,
    perUnit: material.perUnit,
    roundSize: Math.min(
      roundBounds.most,
      Math.max(roundBounds.least, names.length, Math.ceil(passages / material.perUnit)),
    ),
    notes: [
      ...read.notes,
      ...(all.length > documents.length
        ? [`Left out, since they have one passage only: ${all.length - documents.length} documents.`]
        : []),
      `${counted(documents.length, 'document')} in ${counted(passages, 'passage')} of up to ${params.chunkTokens} tokens.`,
      ...splitNotes(splits, params),
    ],
  }
}

function withPassages(document: SourceDocument, passages: Passage[], paired: boolean): Omit<QaDocument, 'split'> {
  return { ...document, passages, related: paired ? relatedPassages(document.markdown, passages) : [] }
}

function cellsOf(documents: Pick<QaDocument, 'name' | 'passages'>[], { per }: SourceParams): QaMaterial['cells'] {
  return Object.fromEntries(
    documents.flatMap(({ name, passages }, document): [string, QaMaterial['cells'][string]][] =>
      per === 'document'
        ? [[name, { document, passages: spreadOrder(passages.length) }]]
        : passages.map((_, place) => [`${name} #${place + 1}`, { document, passages: [place] }]),
    ),
  )
}

/** Questions that the project has already decide where their document belongs. */
async function splitsOf(
  { params, records }: PlanContext<SourceParams>,
  documents: { name: string; markdown: string }[],
): Promise<Split[]> {
  const known = new Map<string, Split>()
  if (params.split.test + params.split.validation === 0) return documents.map(() => 'train')
  for await (const record of records()) {
    const name = documentOf(record)
    if (name !== undefined && !known.has(name)) known.set(name, record.split)
  }
  return splitDocuments(documents, params.split, known)
}

function documentOf({ fields }: StoredRecord): string | undefined {
  const { document } = (fields['source'] ?? {}) as { document?: unknown }
  return typeof document === 'string' ? document : undefined
}

function splitNotes(splits: Split[], { split }: SourceParams): string[] {
  const wanted = (['test', 'validation'] as const).filter(name => split[name] > 0)
  const missing = wanted.filter(name => !splits.includes(name))
  if (wanted.length === 0) return []
  const counts = (['train', ...wanted] as const).map(name => `${name} ${splits.filter(each => each === name).length}`)
  return [
    `Documents by split: ${counts.join(', ')}.`,
    ...(missing.length > 0 ? [`Too few documents for a split of their own: ${missing.join(', ')}.`] : []),
  ]
}

/** Critic `valid` would reject every record. */
function requireRecords({ name, kind }: Project): void {
  if (kind === 'records') return
  throw new CultivarError(
    'bad-recipe',
    `Project “${name}” is of the kind ${kind}, whose records have a field \`text\`; questions have several fields of their own.`,
    'Make a project of records (cultivar projects create qa --kind records) and name it as `project`.',
  )
}

function nothingToJoin({ chunkTokens }: SourceParams): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `No document has two passages to ask about together: with ${chunkTokens} tokens a passage, each is one.`,
    'Give a smaller `chunkTokens`, or other types of question besides.',
  )
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
