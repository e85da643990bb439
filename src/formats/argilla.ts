/** Argilla: records with fields, metadata, and suggestions and responses by question. */
import type { Json } from '../model/json.ts'
import { roleOfName } from './column-names.ts'
import type { Controls, ExportRecord, Format, ReadRow, RowPlace, WriteOptions } from './format.ts'
import { fileSpans, isObject, labelledColumns, labelledRow, labelledText } from './labelled-text.ts'
import { readObjects } from './read-objects.ts'
import { RowTally } from './row-tally.ts'
import { parseSpanList } from './span-list.ts'
import { writeJsonList } from './write-json.ts'

export const argilla: Format = {
  kind: 'argilla',
  extensions: [],
  summary: 'Records for Argilla in one JSON array, labels as suggestions; reads responses, and the flat form too',
  needsColumns: false,
  isWhole: false,
  holds: ['fields', 'labels', 'spans', 'tags', 'split'],
  needsSurvey: true,
  read(bytes, options = {}) {
    const tally = new RowTally()
    const { rows, notes } = readObjects(bytes, options, (values, place) =>
      rowOf(values, place, options.controls ?? {}, tally),
    )
    return { rows: tally.told(rows, notes), notes, columns: labelledColumns }
  },
  write: (records, options = {}) => writeJsonList(records, record => toValue(record, options)),
}

/** A response needs the id of one of Argilla’s users, so that what people decided here stands as a suggestion too. */
function toValue(record: ExportRecord, options: WriteOptions): Json {
  const {
    labels: labelQuestion = 'label',
    spans: spanQuestion = 'spans',
    text: field = 'text',
  } = options.controls ?? {}
  const labelled = labelledText(record, options)
  const { id, text, labels, tags, split, others } = labelled
  const spans = fileSpans(labelled, options).map(({ start, end, label }) => ({ start, end, label }))
  const isList = options.survey?.several ?? labels.length > 1
  const suggested = (value: Json) => ({ value, score: null, agent: 'cultivar' })
  return {
    id,
    fields: { [field]: text },
    metadata: { ...others, tags, split },
    suggestions: {
      ...(labels.length > 0 && { [labelQuestion]: suggested(isList ? labels : labels[0]!) }),
      ...(spans.length > 0 && { [spanQuestion]: suggested(spans) }),
    },
    responses: {},
    vectors: {},
  }
}

/** What was answered to a question: by people if they did, else as suggested. */
type Answers = Map<string, Json>

function rowOf(values: Record<string, Json>, place: RowPlace, controls: Controls, tally: RowTally): ReadRow {
  const isNested = isObject(values['fields'])
  const { fields, metadata, responses, suggestions, vectors, _server_id, id, external_id, ...flat } = values
  const suggested: Answers = isNested ? nestedAnswers(suggestions) : flatAnswers(flat, /\.suggestions?$/)
  const answered: Answers = isNested ? nestedAnswers(responses) : flatAnswers(flat, /\.responses?$/)
  if (answered.size === 0 && suggested.size > 0) tally.add('labels are suggestions that nobody answered')
  const own = isNested ? (fields as Record<string, Json>) : plainMembers(flat)
  const { tags, split, ...meta } = isObject(metadata) ? metadata : {}
  const labels: Json[] = []
  const spans: Json[] = []
  const others: Record<string, Json> = { ...meta }
  for (const [question, value] of new Map([...suggested, ...answered])) {
    const role = roleOf(question, value, controls)
    if (role === 'spans') spans.push(...(value as Json[]))
    else if (role === 'labels') labels.push(...(Array.isArray(value) ? value : [value]))
    else others[question] = value
  }
  const { text: asked = 'text' } = controls
  const key = Object.hasOwn(own, asked) ? asked : Object.keys(own).find(name => typeof own[name] === 'string')
  const { [key ?? asked]: text, ...more } = own
  const given = Object.entries({ id: id ?? external_id, tags: tags ?? more['tags'], split: split ?? more['split'] })
  delete more['tags']
  delete more['split']
  return labelledRow(
    {
      text,
      labels,
      spans,
      ...(Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, Json>),
    },
    { ...more, ...others },
    place,
  )
}

/** A question of labels is known by its name and answers in words, one of spans by its answers; answers to others are fields. */
function roleOf(question: string, value: Json, { labels, spans }: Controls): 'labels' | 'spans' | undefined {
  const isSpans = Array.isArray(value) && value.some(isObject) && parseSpanList(value) !== undefined
  if (question === spans || (spans === undefined && isSpans)) return isSpans ? 'spans' : undefined
  if (labels !== undefined) return question === labels ? 'labels' : undefined
  const role = roleOfName(question)?.role
  const isNamed = [value].flat().every(answer => typeof answer === 'string')
  return isNamed && (role === 'label' || role === 'labels') ? 'labels' : undefined
}

/** `{question: {value}}`, `{question: [{value, status}]}`, or a list of `{question_name, value}`. */
function nestedAnswers(value: Json | undefined): Answers {
  const answers: Answers = new Map()
  const add = (question: string, answer: Json) => {
    if (!isObject(answer)) return
    const { value: said, status = null } = answer
    if (said !== undefined && said !== null && stands(status)) answers.set(question, said)
  }
  if (isObject(value)) {
    for (const [question, given] of Object.entries(value)) {
      for (const answer of Array.isArray(given) ? given : [given]) add(question, answer)
    }
  } else if (Array.isArray(value)) {
    for (const item of value.filter(isObject)) {
      if (typeof item['question_name'] === 'string') add(item['question_name'], item)
      // Before 2.0, a response answered several questions.
      for (const [question, answer] of Object.entries(isObject(item['values']) ? item['values'] : {})) {
        if (isObject(answer)) add(question, { ...answer, status: item['status'] ?? null })
      }
    }
  }
  return answers
}

/** `question.responses` with a list, or `question.suggestion` and `question.response` with a value. */
function flatAnswers(flat: Record<string, Json>, ending: RegExp): Answers {
  const answers: Answers = new Map()
  for (const [name, value] of Object.entries(flat)) {
    if (!ending.test(name) || value === null) continue
    const states = flat[`${name}.status`]
    const all = name.endsWith('.responses') && Array.isArray(value) ? value : [value]
    const last = all.findLast(
      (answer, at) => answer !== null && stands(Array.isArray(states) ? (states[at] ?? null) : null),
    )
    if (last !== undefined) answers.set(name.replace(ending, ''), last)
  }
  return answers
}

function stands(status: Json): boolean {
  return status !== 'discarded' && status !== 'draft'
}

/** Of the flat form, what is no answer and nothing that Argilla keeps for itself. */
function plainMembers(flat: Record<string, Json>): Record<string, Json> {
  const kept = Object.entries(flat).filter(
    ([name]) =>
      !/\.(suggestions?|responses?)(\.|$)/.test(name) && !['status', 'inserted_at', 'updated_at'].includes(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name.replace(/^metadata\./, ''), value]))
}
