/** A task of Label Studio's family as a row: which of its annotations counts, and what of it is read. */
import type { Json } from '../model/json.ts'
import type { KnownColumns, ReadOptions, ReadRow, RowPlace } from './format.ts'
import { isObject } from './labelled-text.ts'
import type { RowTally } from './row-tally.ts'
import { unstorableText } from './unstorable-text.ts'

type JsonObject = Record<string, Json>

/** The text is looked for among the data. */
export const columnsOfTasks: KnownColumns = {
  ...{ labels: ['label', 'labels'], spans: 'spans', split: 'split', id: 'id', tags: 'tags' },
}

export function taskRow(task: Json, place: RowPlace, options: ReadOptions, tally: RowTally): ReadRow {
  if (!isObject(task) || !isObject(task['data'])) {
    const hint = 'A task is {"data": {"text": "…"}, "annotations": [{"result": […]}]}.'
    return { error: { ...place, message: 'is no task: it has no “data”', hint } }
  }
  const meta = isObject(task['meta']) ? task['meta'] : {}
  const { title, ...untitled } = task['data']
  // Where a record has no title, its id stands for one.
  const data = title !== undefined && title === meta['id'] ? untitled : task['data']
  const { labels, spans } = annotated(resultsOf(task, options, tally), data, tally)
  const tags = [task['tags'], meta['tags']].find(list => Array.isArray(list) && list.length > 0) as Json[] | undefined
  const values: JsonObject = {
    ...data,
    ...Object.fromEntries(['id', 'split'].flatMap(name => (meta[name] ? [[name, meta[name]]] : []))),
    ...(tags && { tags: tags.map(tag => (isObject(tag) ? (tag['name'] ?? null) : tag)) }),
    ...(labels.length === 1 && { label: labels[0] as Json }),
    ...(labels.length > 1 && { labels }),
    ...(spans.length > 0 && { spans }),
  }
  const fault = unstorableText(values)
  return fault ? { error: { ...place, ...fault } } : { ...place, values }
}

/**
 * The results that count: of the annotation marked as ground truth, else of the last that was not cancelled, which is what the annotators left
 * it at. Predictions count where nobody annotated, or if they are asked for; what somebody skipped has none.
 */
function resultsOf(task: JsonObject, { predictions }: ReadOptions, tally: RowTally): JsonObject[] {
  const annotations = [task['annotations'], task['completions']].flatMap(objectsIn)
  const standing = annotations.filter(each => each['was_cancelled'] !== true && each['skipped'] !== true)
  const chosen = standing.find(each => each['ground_truth'] === true || each['honeypot'] === true) ?? standing.at(-1)
  const guess = objectsIn(task['predictions']).at(-1)
  if (standing.length < annotations.length) tally.add('skipped annotations are not read')
  if (guess && (predictions || annotations.length === 0)) {
    tally.add('labels are predictions that nobody confirmed')
    return objectsIn(guess['result'])
  }
  return objectsIn(chosen?.['result'])
}

function annotated(results: JsonObject[], data: JsonObject, tally: RowTally) {
  const labels: Json[] = []
  const spans: JsonObject[] = []
  for (const { type, value, to_name: control } of results) {
    const region = isObject(value) ? value : {}
    const { start, end, text, choices, labels: types } = region
    if (type === 'choices' && Array.isArray(choices) && start === undefined) labels.push(...choices)
    else if (type === 'labels' && Array.isArray(types)) {
      const field = typeof control === 'string' && typeof data[control] === 'string' ? control : 'text'
      const place = { start: start ?? null, end: end ?? null }
      const more = { ...(typeof text === 'string' && { text }), ...(field !== 'text' && { field }) }
      spans.push(...types.map(label => ({ ...place, label, ...more })))
    } else tally.add(`results of type ${typeof type === 'string' ? type : 'unknown'} are not read`)
  }
  return { labels, spans }
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
