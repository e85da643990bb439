/** fastText: a text a line behind its labels, as `__label__sport __label__news the text`. */
import { CultivarError } from '../model/error.ts'
import { decodeText } from '../text/decode-text.ts'
import { splitRows } from '../text/split-rows.ts'
import { inChunks } from '../text/text-chunks.ts'
import {
  defaultMaxRowLength,
  type ExportRecord,
  type Format,
  type ReadOptions,
  type ReadRow,
  type WriteOptions,
} from './format.ts'
import { labelledColumns, labelledRow, labelledText } from './labelled-text.ts'

export const fasttext: Format = {
  kind: 'fasttext',
  extensions: ['fasttext', 'ft'],
  summary: 'fastText’s lines: __label__ and the label, then the text; several labels, or none',
  needsColumns: false,
  isWhole: false,
  holds: ['labels'],
  read(bytes, options = {}) {
    const notes: string[] = []
    return { rows: readRows(bytes, options, notes), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => inChunks(writeRows(records, options)),
}

async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: string[],
): AsyncGenerator<ReadRow> {
  const prefix = prefixOf(options)
  const text = decodeText(bytes, options.encoding, notes)
  const { maxRowLength = defaultMaxRowLength } = options
  let record = 0
  for await (const { line, fields, fault } of splitRows(text, { delimiter: '', quote: '' }, maxRowLength)) {
    const source = fields?.[0] ?? ''
    if (!fault && source.trim() === '') continue
    const place = { record: ++record, line }
    if (fault) yield { error: { ...place, message: fault.message, hint: fault.hint } }
    else yield labelledRow(labelled(source, prefix), {}, place)
  }
}

/** Every word with the prefix is a label, wherever it stands. */
function labelled(source: string, prefix: string): { text: string; labels: string[] } {
  const labels: string[] = []
  const text = source.replace(/\S+\s?/g, word => {
    if (!word.startsWith(prefix)) return word
    labels.push(word.slice(prefix.length).trimEnd())
    return ''
  })
  return { text: text.trim(), labels }
}

async function* writeRows(records: AsyncIterable<ExportRecord>, options: WriteOptions): AsyncGenerator<string> {
  const prefix = prefixOf(options)
  for await (const record of records) {
    const { text, labels } = labelledText(record, options)
    const line = text.replace(/\r\n|[\r\n]/g, ' ').trim()
    const words = labels.map(label => label.replace(/\s+/g, '_'))
    const lose = (what: string) => options.notes?.lose(what)
    if (line !== text) lose('line breaks in texts, which become blanks, and blanks around texts')
    if (line.split(/\s+/).some(word => word.startsWith(prefix)))
      lose(`that words of the text begin with ${prefix}: they are read as labels`)
    if (words.some((word, at) => word !== labels[at])) lose('blanks in labels, which become _')
    yield `${[...words.map(word => prefix + word), line].join(' ')}\n`
  }
}

function prefixOf({ labelPrefix = '__label__' }: ReadOptions | WriteOptions): string {
  if (labelPrefix !== '' && !/\s/.test(labelPrefix)) return labelPrefix
  throw new CultivarError(
    'bad-input',
    'What labels begin with must be a word.',
    'Say --label-prefix __label__, or what your file has.',
  )
}
