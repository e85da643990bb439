/** Reads what a project has for templates: values of its entities, templates to be mined, and texts not to be made again. */
import { ownTags, type Span, type StoredRecord } from '../../model/record.ts'
import { isReal } from '../read-seeds.ts'
import type { SlotValues } from './fill-template.ts'
import { findValues, type Stretch } from './find-values.ts'
import { Skeletons } from './skeletons.ts'
import { SlotNames } from './slot-names.ts'

export interface Stock {
  /** Every text there is, of any split. */
  texts: Set<string>
  /** By slot, from training records alone. */
  values: Map<string, SlotValues>
  skeletons: Skeletons
  /** Whether values and skeletons go by entities; else by numbers, dates and the like. */
  marked: boolean
}

/** From so many UTF-16 code units on, sentences of a text with entities are looked at one by one. */
const longText = 240
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Records that were made by changing others are left out; their texts are not. */
export async function readStock(
  records: AsyncIterable<StoredRecord>,
  { field, entities }: { field: string; entities: boolean },
): Promise<Stock> {
  const texts = new Set<string>()
  const names = new SlotNames()
  const ofEntities = { values: new ValueTable(slot => names.typeOf(slot)!), skeletons: new Skeletons() }
  const ofKinds = { values: new ValueTable(() => null), skeletons: new Skeletons() }
  for await (const record of records) {
    const text = record.fields[field]
    if (typeof text !== 'string' || text.trim() === '') continue
    texts.add(text)
    if (record.split !== 'train' || record.status === 'rejected' || record.tags.includes(ownTags.augmented)) continue
    const marked = stretchesOf(text, record.spans, field, names)
    ofEntities.values.add(text, marked, record)
    for (const { text: piece, stretches } of pieces(text, marked, entities)) {
      if (stretches.length > 0) ofEntities.skeletons.add(piece, stretches, record)
    }
    if (entities) continue
    const found = findValues(text)
    ofKinds.values.add(text, found, record)
    if (found.length > 0) ofKinds.skeletons.add(text, found, record)
  }
  const marked = entities || ofEntities.values.size > 0
  const { values, skeletons } = marked ? ofEntities : ofKinds
  return { texts, values: values.read(), skeletons, marked }
}

/** In order, without the white space at their edges. */
function stretchesOf(text: string, spans: readonly Span[], field: string, names: SlotNames): Stretch[] {
  return spans
    .filter(span => span.field === field)
    .flatMap(({ start, end, label }) => {
      const words = text.slice(start, end)
      const from = start + words.length - words.trimStart().length
      return words.trim() === '' ? [] : [{ start: from, end: from + words.trim().length, slot: names.of(label) }]
    })
    .sort((a, b) => a.start - b.start || b.end - a.end)
}

/** What becomes a template: the text, or its sentences; nothing where entities overlap, or one goes on in the next sentence. */
function pieces(text: string, stretches: Stretch[], entities: boolean): { text: string; stretches: Stretch[] }[] {
  const segments = entities && text.length > longText ? [...sentences.segment(text)] : [{ segment: text, index: 0 }]
  return segments.flatMap(({ segment, index }) => {
    const piece = segment.trim()
    const from = index + segment.indexOf(piece)
    const to = from + piece.length
    const within = stretches.filter(({ start, end }) => start < to && end > from)
    const clear = within.every(
      ({ start, end }, at) => start >= from && end <= to && (at === 0 || start >= within[at - 1]!.end),
    )
    const moved = within.map(({ start, end, slot }) => ({ start: start - from, end: end - from, slot }))
    return clear ? [{ text: piece, stretches: moved }] : []
  })
}

/** Values by slot, each with the record it was first seen in: those of real records, then those of grown ones. */
class ValueTable {
  readonly #slots = new Map<string, { real: Map<string, string>; grown: Map<string, string> }>()
  readonly #labelOf: (slot: string) => string | null

  constructor(labelOf: (slot: string) => string | null) {
    this.#labelOf = labelOf
  }

  get size(): number {
    return this.#slots.size
  }

  add(text: string, stretches: readonly Stretch[], record: StoredRecord): void {
    for (const { start, end, slot } of stretches) {
      const value = text.slice(start, end)
      // It would break the line of whatever template it came into.
      if (/[\n\r]/.test(value)) continue
      if (!this.#slots.has(slot)) this.#slots.set(slot, { real: new Map(), grown: new Map() })
      const values = this.#slots.get(slot)![isReal(record) ? 'real' : 'grown']
      if (!values.has(value)) values.set(value, record.id)
    }
  }

  read(): Map<string, SlotValues> {
    return new Map(
      [...this.#slots].map(([slot, { real, grown }]) => {
        const later = [...grown].filter(([value]) => !real.has(value))
        const all = [...real, ...later]
        return [
          slot,
          {
            label: this.#labelOf(slot),
            texts: all.map(([value]) => value),
            records: all.map(([, record]) => record),
            first: real.size > 0 ? real.size : all.length,
          },
        ]
      }),
    )
  }
}
