/** CoNLL-2003: a token a line with its tag in the last column, a blank line between sentences. */
import { CultivarError } from '../model/error.ts'
import { decodeText, sampleLength } from '../text/decode-text.ts'
import { splitRows } from '../text/split-rows.ts'
import { firstOutOfScheme, isTag, type SchemeEvidence, schemeEvidence } from '../text/tag-scheme.ts'
import { gather, inChunks } from '../text/text-chunks.ts'
import { type ConllLayout, columnsOfLine, conllLayout, documentMark, marksDocument } from './conll-layout.ts'
import type { ExportRecord, Format, ReadOptions, ReadRow, WriteOptions } from './format.ts'
import { defaultMaxRowLength } from './format.ts'
import { labelledColumns, labelledRow, labelledText } from './labelled-text.ts'
import { type Loss, taggedText, tagLabel, untaggedText } from './tagged-text.ts'

export const conll: Format = {
  kind: 'conll',
  extensions: ['conll', 'iob', 'bio', 'iob2'],
  summary: 'CoNLL-2003: a token and its tag a line, a blank line between texts; reads IOB1, BIO and BIOES',
  needsColumns: false,
  isWhole: false,
  holds: ['spans'],
  needsSurvey: true,
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

/** Lines of one sentence, as they were found. */
interface Sentence {
  /** Of the file, 1-based; of the first token. */
  line: number
  tokens: string[]
  tags: string[]
  lines: number[]
  length: number
  fault?: { line: number; message: string; hint: string }
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  const { maxRowLength = defaultMaxRowLength } = options
  const { sample, text } = await gather(decodeText(bytes, options.encoding, notes), sampleLength)
  const layout = conllLayout(sample)
  notes.push(
    `columns: ${layout.columns}, separated by ${layout.delimiter === '\t' ? 'tabs' : 'blanks'}; the first is the token, the last its tag`,
  )
  const evidence = schemeEvidence()
  let record = 0
  for await (const sentence of sentences(text, layout, maxRowLength)) {
    record++
    yield rowOf(sentence, record, options, evidence)
  }
  notes.push(schemeNote(evidence, options))
}

async function* sentences(
  text: AsyncIterable<string>,
  layout: ConllLayout,
  maxLength: number,
): AsyncGenerator<Sentence> {
  let open: Sentence | undefined
  let next = 0
  for await (const { line, fields, fault } of splitRows(text, { delimiter: '', quote: '' }, maxLength)) {
    const source = fields?.[0] ?? ''
    const isBreak = !fault && (source.trim() === '' || marksDocument(source))
    // Blank lines are no rows: a line after another than the one before it follows a blank one.
    if (open && (line !== next || isBreak)) {
      yield open
      open = undefined
    }
    next = line + 1
    if (isBreak) continue
    const columns = fault ? [] : columnsOfLine(source, layout)
    if (!fault && source.startsWith('#') && !(columns.length === layout.columns && isTag(columns.at(-1)!))) continue
    open ??= { line, tokens: [], tags: [], lines: [], length: 0 }
    addLine(open, line, fault ? [] : columns, fault ?? faultOf(columns, layout), source.length, maxLength)
  }
  if (open) yield open
}

function addLine(
  sentence: Sentence,
  line: number,
  columns: string[],
  fault: { message: string; hint: string } | undefined,
  length: number,
  maxLength: number,
): void {
  sentence.length += length + 1
  if (sentence.fault) return
  const tooLong =
    sentence.length > maxLength
      ? {
          message: `the sentence is longer than ${maxLength.toLocaleString('en')} characters`,
          hint: 'Put a blank line between sentences.',
        }
      : undefined
  const found = fault ?? tooLong
  if (found) {
    sentence.fault = { line, message: found.message, hint: found.hint }
    sentence.tokens = []
    sentence.tags = []
    sentence.lines = []
    return
  }
  sentence.tokens.push(columns[0]!)
  sentence.tags.push(columns.at(-1)!)
  sentence.lines.push(line)
}

function faultOf(columns: string[], layout: ConllLayout): { message: string; hint: string } | undefined {
  if (columns.length !== layout.columns) {
    const message = `has ${columns.length} ${columns.length === 1 ? 'column' : 'columns'} instead of ${layout.columns}`
    return { message, hint: 'Each line of a sentence is a token and its tag; a blank line ends the sentence.' }
  }
  if (columns[0] === '') return { message: 'has no token', hint: 'Write a token in the first column.' }
  const tag = columns.at(-1)!
  if (isTag(tag)) return undefined
  return {
    message: `has ${JSON.stringify(tag.toWellFormed())} where a tag should stand`,
    hint: 'The last column is O, or B-, I-, E- or S- and the type of the entity, as B-PER.',
  }
}

function rowOf(
  { line, tokens, tags, lines, fault }: Sentence,
  record: number,
  options: ReadOptions,
  evidence: SchemeEvidence,
): ReadRow {
  if (fault) return { error: { record, ...fault } }
  const wrong = options.scheme === undefined ? -1 : firstOutOfScheme(tags, options.scheme)
  if (wrong >= 0) {
    const message = `has the tag ${tags[wrong]}, which ${options.scheme} would not have there`
    return { error: { record, line: lines[wrong]!, message, hint: 'Leave --scheme out to read tags of any scheme.' } }
  }
  evidence.observe(tags)
  const { text, spans } = untaggedText({ tokens, tags }, options)
  return labelledRow({ text, spans }, {}, { record, line })
}

function schemeNote(evidence: SchemeEvidence, { scheme }: ReadOptions): string {
  if (scheme) return `scheme: ${scheme}`
  const verdict = evidence.verdict()
  if (!verdict) return 'scheme: no tag but O'
  const { strays } = verdict
  const stray = strays === 0 ? '' : `; of the entities, ${strays} begin otherwise and were read as they stand`
  return `scheme: ${verdict.scheme} (found${stray})`
}

const lossNames: Record<Loss | 'labels' | 'mark' | 'empty', string> = {
  overlaps: 'overlapping spans, of which the longest is kept',
  edges: 'blanks at the edges of spans',
  blanks: 'the exact blanks of the text: tokens are joined by single ones',
  labels: 'types of entities as they are called: blanks in them become _',
  mark: `texts with ${documentMark}, which begins a document`,
  empty: 'texts of blanks alone',
}

async function* writeRows(records: AsyncIterable<ExportRecord>, options: WriteOptions): AsyncGenerator<string> {
  const { columnCount = 4, columns } = options
  if (columns || (columnCount !== 2 && columnCount !== 4)) throw wrongColumns(columns?.join() ?? columnCount)
  const how = options.tokens ?? (options.survey && (options.survey.tokenised ? 'blanks' : 'words'))
  if (columnCount === 4) yield `${documentMark} -X- -X- O\n\n`
  for await (const record of records) {
    const lose = (loss: keyof typeof lossNames) => options.notes?.lose(lossNames[loss])
    const labelled = labelledText(record, options)
    const spans = labelled.spans.map(span => ({ ...span, label: tagLabel(span.label) }))
    if (spans.some(({ label }, at) => label !== labelled.spans[at]!.label)) lose('labels')
    const { tokens, tags } = taggedText({ ...labelled, spans }, { ...options, ...(how && { tokens: how }) }, lose)
    if (tokens.length === 0) lose('empty')
    if (tokens.includes(documentMark)) lose('mark')
    const lines = tokens.map((token, at) =>
      columnCount === 2 ? `${token}\t${tags[at]}\n` : `${token} -X- _ ${tags[at]}\n`,
    )
    if (lines.length > 0) yield `${lines.join('')}\n`
  }
}

function wrongColumns(count: unknown): CultivarError {
  return new CultivarError(
    'bad-input',
    `CoNLL files are written with 2 or 4 columns, not ${count}.`,
    'Say --columns 2 for token and tag, --columns 4 for “token -X- _ tag”.',
  )
}
