/** spaCy’s training data as JSON: `["text", {"entities": [[0, 4, "ORG"]], "cats": {"POS": 1}}]`. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { withoutOverlaps } from '../text/tag-scheme.ts'
import type { ExportRecord, Format, ReadOptions, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { fileSpans, isObject, labelledColumns, labelledRow, labelledText } from './labelled-text.ts'
import { readValues } from './read-objects.ts'
import { writeJsonList } from './write-json.ts'

export const spacy: Format = {
  kind: 'spacy',
  extensions: [],
  summary:
    'spaCy’s training data as one JSON array of ["text", {"entities", "cats"}]; reads one a line too, not DocBin',
  needsColumns: false,
  isWhole: false,
  holds: ['labels', 'spans'],
  needsSurvey: true,
  read(bytes, options: ReadOptions = {}) {
    const notes: string[] = []
    return { rows: readValues(refusingDocBin(bytes), options, notes, rowOf), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => writeJsonList(records, record => toValue(record, options)),
}

/** A category counts from here on. */
const leastScore = 0.5

function toValue(record: ExportRecord, options: WriteOptions): Json {
  const labelled = labelledText(record, options)
  const { text, labels } = labelled
  const spans = withoutOverlaps(labelled.spans)
  if (spans.length < labelled.spans.length) options.notes?.lose('overlapping spans, of which the longest is kept')
  const entities = fileSpans({ ...labelled, spans }, options).map(({ start, end, label }) => [start, end, label])
  // A label that is not named does not count as absent, so all are.
  const names = labels.length > 0 ? [...new Set([...labels, ...(options.survey?.labels ?? [])])] : []
  const cats = Object.fromEntries(names.map(name => [name, labels.includes(name) ? 1 : 0]))
  return [text, { entities, ...(names.length > 0 && { cats }) }]
}

function rowOf(value: Json, place: RowPlace): ReadRow {
  const [text, annotated] = Array.isArray(value) ? value : isObject(value) ? [value['text'], value] : []
  if (typeof text !== 'string' || !isObject(annotated)) {
    const hint = 'A row is ["text", {"entities": [[0, 4, "ORG"]], "cats": {"POS": 1}}].'
    return { error: { ...place, message: 'is no text with annotations', hint } }
  }
  const inner = isObject(annotated['annotations']) ? annotated['annotations'] : annotated
  const { entities, spans: groups, cats } = inner
  const lists = [entities, ...(isObject(groups) ? Object.values(groups) : [groups])]
  const spans = lists.flatMap(list => (Array.isArray(list) ? list : []))
  const labels = isObject(cats) ? Object.keys(cats).filter(name => Number(cats[name]) >= leastScore) : []
  return labelledRow({ text, labels, spans: spans.map(threeOf) }, {}, place)
}

/** Spans may have the knowledge base’s id as a fourth item. */
function threeOf(span: Json): Json {
  return Array.isArray(span) ? span.slice(0, 3) : span
}

/** DocBin is compressed with zlib, whose files begin with 0x78. */
async function* refusingDocBin(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const chunk of bytes) {
    if (isFirst && chunk[0] === 0x78) throw docBin()
    isFirst &&= chunk.length === 0
    yield chunk
  }
}

/** Refuses spaCy’s binary files. */
export function docBin(): CultivarError {
  return new CultivarError(
    'bad-file',
    'This is a DocBin (.spacy), spaCy’s binary format, which is neither read nor written.',
    'JSON is, as --format spacy. spaCy makes JSON of a DocBin: json.dump([[d.text, {"entities": [[e.start_char, e.end_char, e.label_] for e in d.ents], "cats": d.cats}] for d in DocBin().from_disk("train.spacy").get_docs(spacy.blank("en").vocab)], file); the other way, Example.from_dict(nlp.make_doc(text), annotations) gives the docs of a DocBin.',
  )
}
