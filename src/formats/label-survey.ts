/** What labels there are in the records of an export, for formats that must name them all. */
import { spansStandBetweenBlanks } from '../text/spanned-tokens.ts'
import type { ExportRecord } from './format.ts'

export interface LabelSurvey {
  /** Class labels: those of the project’s list first, in its order, then the others by code unit. */
  labels: string[]
  /** Whether a record has more than one. */
  several: boolean
  /** Types of entities, ordered as the labels are. */
  entities: string[]
  /** Fields in which entities are marked. */
  spanFields: string[]
  /** Whether spans stand between blanks, as where the texts were made of tokens. */
  tokenised: boolean
}

/** Of the texts with spans. In prose, punctuation touches far more than the rest; in a corpus of tokens a slip must not change how all is cut. */
const leastBetweenBlanks = 0.98

/** Reads all records, holds none. `listed`: the labels of the project; those without records count too if the list is closed. */
export async function surveyLabels(
  records: AsyncIterable<ExportRecord>,
  listed: { labels?: readonly string[]; entities?: readonly string[] } = {},
): Promise<LabelSurvey> {
  const labels = new Set(listed.labels)
  const entities = new Set(listed.entities)
  const spanFields = new Set<string>()
  let several = false
  let texts = 0
  let betweenBlanks = 0
  for await (const record of records) {
    for (const label of record.labels) labels.add(label)
    several ||= record.labels.length > 1
    for (const { field, label } of record.spans) {
      entities.add(label)
      spanFields.add(field)
    }
    const { text } = record.fields
    const spans = record.spans.filter(({ field }) => field === 'text')
    if (typeof text !== 'string' || spans.length === 0) continue
    texts++
    if (spansStandBetweenBlanks(text, spans)) betweenBlanks++
  }
  return {
    labels: inOrder(labels, listed.labels),
    several,
    entities: inOrder(entities, listed.entities),
    spanFields: [...spanFields].sort(),
    tokenised: betweenBlanks >= texts * leastBetweenBlanks,
  }
}

function inOrder(found: Set<string>, listed: readonly string[] = []): string[] {
  const others = [...found].filter(name => !listed.includes(name)).sort()
  return [...listed, ...others].map(name => name.toWellFormed())
}
