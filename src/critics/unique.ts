/** Critic `unique`: keeps out what the project or the run holds already, exactly or nearly. */
import { z } from 'zod'
import { defineCritic, type KnownCritic } from '../engine/define.ts'
import { canonicalJson } from '../model/json.ts'
import { type Content, textOf } from '../model/record.ts'
import { StringList, Uint32List } from '../text/compact-list.ts'
import { NearIndex, shingle } from '../text/minhash.ts'
import { foldText } from '../text/normalize.ts'
import { TextTable } from '../text/text-table.ts'

const params = z.strictObject({
  threshold: z
    .number()
    .min(0.2)
    .max(1)
    .default(0.85)
    .describe('Jaccard similarity of shingles from which two texts count as near duplicates'),
  exact: z
    .boolean()
    .default(false)
    .describe('Look for exact duplicates only: much less memory, for millions of records'),
  fold: z
    .boolean()
    .default(true)
    .describe('Ignore case, punctuation, spacing and Unicode variants (NFKC) when comparing'),
  unit: z
    .enum(['characters', 'words'])
    .default('characters')
    .describe('What shingles are made of; words suit long documents'),
  shingle: z.int().min(1).max(16).default(3).describe('Units in a shingle: more means stricter about local changes'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields to compare; none: `text`, or every field where there is no text'),
  per: z
    .string()
    .optional()
    .describe(
      'Field that sets records apart: only those with the same text in it are compared, as the same request about two texts is none twice. Records with a `source` are all compared: they quote it there',
    ),
})
type Params = z.infer<typeof params>

/**
 * Exact duplicates by hash of the folded text, then near ones by MinHash. Memory for each record learned: about 60
 * bytes and its id if exact, else about 600 for a short text and up to 5,000 for a long one.
 */
export const unique = defineCritic({
  kind: 'unique',
  summary: 'Rejects exact and near duplicates of what the project and the run hold already',
  params,
  phase: 'known',
  onByDefault: true,
  open: ({ params }) => new Known(params),
})

/** What was learned. Records are numbered as they came; one whose text was known no later before is not kept. */
class Known implements KnownCritic {
  readonly #params: Params
  readonly #ids = new StringList()
  readonly #sequences = new Uint32List()
  readonly #cells = new Uint32List()
  readonly #groups = new Uint32List()
  /** By the text of `per`. */
  readonly #groupNumbers = new Map<string, number>()
  readonly #cellNames: string[] = []
  readonly #cellNumbers = new Map<string, number>()
  /** Text → its record with the lowest sequence. */
  readonly #exact = new TextTable()
  /** Its items are the records. */
  readonly #near: NearIndex | undefined
  /** A record is judged just before it is learned, so the last text's work is kept. */
  #last: { text: string; shingles: Uint32Array } | undefined

  constructor(params: Params) {
    this.#params = params
    if (!params.exact) this.#near = new NearIndex(params.threshold)
  }

  judge(candidate: Pick<Content, 'fields'> & { cell: string }, known: number) {
    const text = this.#comparable(candidate.fields)
    const group = this.#group(candidate.fields)
    const same = this.#exact.get(grouped(text, group))
    if (same !== undefined && this.#sequences.words[same]! <= known) {
      return this.#duplicate(1, `the same text as record ${this.#describe(same, candidate.cell)}`)
    }
    const number = this.#groupNumbers.get(group)
    const near = this.#near?.nearest(
      this.#shingles(text),
      record => this.#sequences.words[record]! <= known && this.#groups.words[record] === number,
    )
    if (near) {
      const percent = Math.floor(100 * near.similarity)
      return this.#duplicate(
        near.similarity,
        `${percent} % similar to record ${this.#describe(near.item, candidate.cell)}`,
      )
    }
    return { critic: 'unique', pass: true }
  }

  learn(record: { id: string; fields: Content['fields']; cell: string }, sequence: number): void {
    const text = this.#comparable(record.fields)
    const group = this.#group(record.fields)
    const same = this.#exact.get(grouped(text, group))
    if (same !== undefined && this.#sequences.words[same]! <= sequence) return
    this.#exact.set(grouped(text, group), this.#sequences.length)
    this.#near?.add(this.#shingles(text))
    this.#ids.push(record.id)
    this.#sequences.push(sequence)
    this.#cells.push(this.#cellNumber(record.cell))
    this.#groups.push(this.#groupNumber(group))
  }

  #comparable(fields: Content['fields']): string {
    const text = comparedText(fields, this.#params.fields)
    return this.#params.fold ? foldText(text) : text
  }

  /** Empty where nothing sets the record apart. */
  #group(fields: Content['fields']): string {
    const { per, fold } = this.#params
    const value = per === undefined || 'source' in fields ? undefined : fields[per]
    if (value === undefined) return ''
    const text = typeof value === 'string' ? value : canonicalJson(value)
    return fold ? foldText(text) : text
  }

  #groupNumber(group: string): number {
    const number = this.#groupNumbers.get(group) ?? this.#groupNumbers.size
    this.#groupNumbers.set(group, number)
    return number
  }

  #shingles(text: string): Uint32Array {
    if (this.#last?.text !== text) {
      this.#last = { text, shingles: shingle(text, this.#params.unit, this.#params.shingle) }
    }
    return this.#last.shingles
  }

  #cellNumber(cell: string): number {
    let number = this.#cellNumbers.get(cell)
    if (number === undefined) {
      number = this.#cellNames.push(cell) - 1
      this.#cellNumbers.set(cell, number)
    }
    return number
  }

  #duplicate(similarity: number, reason: string) {
    return { critic: 'unique', pass: false, score: similarity, reason }
  }

  /** A person who sees the reason should know that the two disagree about more than the text. */
  #describe(record: number, cell: string): string {
    const other = this.#cellNames[this.#cells.words[record]!]!
    return this.#ids.at(record) + (other === cell ? '' : `, which is in cell “${other}”, not “${cell}”`)
  }
}

function grouped(text: string, group: string): string {
  return group === '' ? text : `${group}\0${text}`
}

/**
 * Values by name of field: records with the same text in other numbers or other order of fields are told apart or
 * matched rightly.
 */
function comparedText(fields: Content['fields'], chosen: string[]): string {
  if (chosen.length === 0 && typeof fields['text'] === 'string') return textOf({ fields })
  return (chosen.length > 0 ? chosen : Object.keys(fields).sort())
    .map(name => fields[name] ?? '')
    .map(value => (typeof value === 'string' ? value : canonicalJson(value)))
    .join('\n')
}
