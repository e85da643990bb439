/** Rows of Hugging Face’s datasets: tokens with numbered tags, or a text with its label. */
import type { Json } from '../model/json.ts'
import { isTag } from '../text/tag-scheme.ts'
import type { ExportRecord, Format, ReadOptions, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { isObject, labelledColumns, labelledRow, labelledText } from './labelled-text.ts'
import { readObjects } from './read-objects.ts'
import { exportMembers } from './record-members.ts'
import { type Loss, taggedText, tagLabel, untaggedText } from './tagged-text.ts'
import { writeJsonLines } from './write-json.ts'

export const huggingFace: Format = {
  kind: 'hugging-face',
  extensions: [],
  summary:
    'Rows of tokens and ner_tags, or of text and label, as Hugging Face’s datasets have them; also a folder with its card',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels', 'spans', 'tags', 'split'],
  needsSurvey: true,
  read: (bytes, options = {}) => ({
    ...readObjects(bytes, options, (values, place) => rowOf(values, place, options)),
    columns: labelledColumns,
  }),
  write: (records, options = {}) =>
    writeJsonLines(records, record => Object.fromEntries(huggingFaceMembers(record, options))),
}

/** Columns that hold tags, the likeliest first. */
const tagColumns = ['ner_tags', 'ner', 'tags', 'labels']

const tokenColumns = { tokens: true, ner_tags: true }

/** Names of the tags of these entities, each at its number. */
export function tagNames(entities: readonly string[]): string[] {
  return ['O', ...new Set(entities.map(tagLabel).flatMap(label => [`B-${label}`, `I-${label}`]))]
}

/**
 * Members of a record as columns. Where there are entities, tokens and tags stand beside text and spans, which hold more: what exactly
 * the text was, and spans that overlap. Tags are numbers where the survey names them all, labels are named; all rows have a label, or all a list.
 */
export function huggingFaceMembers(record: ExportRecord, options: WriteOptions): Map<string, Json> {
  const { survey, columns: chosen, ...rest } = options
  const members = new Map(
    [...exportMembers(record, rest)].map(([name, value]) => [name in tokenColumns ? `fields.${name}` : name, value]),
  )
  if (survey?.several && record.labels.length > 0) {
    members.delete('label')
    members.set(
      'labels',
      record.labels.map(label => label.toWellFormed()),
    )
  }
  if ((survey?.entities.length ?? record.spans.length) > 0 && typeof members.get('text') === 'string') {
    const { tokens, tags } = tokensOf(record, rest, survey)
    const names = survey && new Map(tagNames(survey.entities).map((name, number) => [name, number]))
    members.set('tokens', tokens).set('ner_tags', names ? tags.map(tag => names.get(tag) ?? 0) : tags)
    if (!members.has('spans')) members.set('spans', [])
  }
  if (!chosen) return members
  return new Map(chosen.flatMap(column => (members.has(column) ? [[column, members.get(column)!] as const] : [])))
}

function tokensOf(record: ExportRecord, options: WriteOptions, survey: WriteOptions['survey']) {
  const { notes: _, ...silent } = options
  const labelled = labelledText(record, silent)
  const spans = labelled.spans.map(span => ({ ...span, label: tagLabel(span.label) }))
  const how = options.tokens ?? (survey && (survey.tokenised ? 'blanks' : 'words'))
  return taggedText({ ...labelled, spans }, { ...options, scheme: 'bio', ...(how && { tokens: how }) }, loss =>
    options.notes?.say(`In ner_tags, ${said[loss]}; text and spans beside them hold it all.`),
  )
}

const said: Record<Loss, string> = {
  overlaps: 'of overlapping spans the longest stands',
  edges: 'spans stand without blanks at their edges',
  blanks: 'tokens do not tell the exact blanks of the text',
}

function rowOf(values: Record<string, Json>, place: RowPlace, options: ReadOptions): ReadRow {
  const { text, tokens, id, split, label, labels, spans, tags, ner_tags, status: _, ...others } = values
  const all: Record<string, Json | undefined> = { ...others, tags, labels, ner_tags }
  const given = Object.entries({ id, split }).filter(([, value]) => value !== undefined) as [string, Json][]
  const tagged = Array.isArray(tokens) ? tagColumns.find(name => sameLength(all[name], tokens)) : undefined
  const named = (value: Json | undefined, column: string) => namedLabels(value, column, options)
  const classes = [...named(label, 'label'), ...(tagged === 'labels' ? [] : named(labels, 'labels'))]
  const withTags = tagged !== 'tags' && tags !== undefined ? { tags } : {}
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== tagged))
  if (typeof text === 'string' && (Array.isArray(spans) || !tagged)) {
    const kept = Array.isArray(spans) ? { spans } : {}
    return labelledRow({ text, labels: classes, ...kept, ...withTags, ...Object.fromEntries(given) }, rest, place)
  }
  if (!tagged || !Array.isArray(tokens)) {
    const hint = 'A row is {"tokens": ["…"], "ner_tags": [0]} or {"text": "…", "label": "…"}.'
    return { error: { ...place, message: 'has neither a text nor tokens with as many tags', hint } }
  }
  const names = namesOf(tagged, options)
  const written = (all[tagged] as Json[]).map(tag => (typeof tag === 'number' ? names?.[tag] : tag))
  const wrong = written.findIndex(tag => typeof tag !== 'string' || !isTag(tag))
  if (wrong >= 0) {
    const found = JSON.stringify((all[tagged] as Json[])[wrong])
    const hint = names
      ? `The names: ${names.join(', ')}.`
      : 'Name the tags in their order, as --label-names O,B-PER,I-PER, or import the folder with its card.'
    return { error: { ...place, column: tagged, message: `holds ${found}, which names no tag`, hint } }
  }
  if (!tokens.every(token => typeof token === 'string' && token !== '')) {
    return {
      error: { ...place, column: 'tokens', message: 'holds something else than words', hint: 'Tokens are texts.' },
    }
  }
  const read = untaggedText({ tokens: tokens as string[], tags: written as string[] }, options)
  return labelledRow({ ...read, labels: classes, ...withTags, ...Object.fromEntries(given) }, rest, place)
}

function sameLength(value: Json | undefined, tokens: Json[]): boolean {
  return Array.isArray(value) && value.length === tokens.length && !value.some(isObject)
}

/** Names of labels given by number; −1 says that there is none. */
function namedLabels(value: Json | undefined, column: string, options: ReadOptions): Json[] {
  if (value === undefined || value === null || value === '') return []
  const names = namesOf(column, options)
  return (Array.isArray(value) ? value : [value])
    .filter(item => item !== -1 && item !== null)
    .map(item => (typeof item === 'number' ? (names?.[item] ?? item) : item))
}

function namesOf(column: string, { labelNames }: ReadOptions): string[] | undefined {
  return Array.isArray(labelNames) ? labelNames : labelNames?.[column]
}
