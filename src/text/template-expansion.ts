/** Expands compiled templates: draws values, then writes them, with the exact place of every entity. */
import { articleFor, capitalised } from './agreement.ts'
import type {
  CompiledSlot,
  CompiledTemplates,
  CompiledValue,
  NumberDraw,
  Part,
  Reference,
  Sequence,
  Wanted,
} from './template.ts'
import type { LetterCase } from './template-parser.ts'

/** Where chance comes from. */
interface Chance {
  /** Uniform in [0, 1). */
  float(): number
  /** Uniform integer in [0, n). */
  int(n: number): number
}

/** A labelled stretch of a field, in UTF-16 code units. Outer spans come before those inside them. */
interface EntitySpan {
  field: string
  start: number
  end: number
  label: string
}

export interface Expansion {
  fields: Record<string, string>
  /** Labels of the drawn values in the order drawn, else the template's; the first one is the cell's. */
  labels: string[]
  spans: EntitySpan[]
}

/** A drawn value with what was drawn for its own slots, or a drawn number. */
type Drawn = { value: CompiledValue; within: Drawn[] } | number

/** One text of a cell (a key of `cells`), drawn by weight among those that end there. */
export function expandTemplate(templates: CompiledTemplates, cell: string | null, chance: Chance): Expansion {
  const { template, wanted } = templates.cells.get(cell)!.choice.at(chance.float())
  const labels: string[] = []
  const drawn = drawAll(template.sequence, wanted, chance, labels)
  const fields: Record<string, string> = {}
  const spans: EntitySpan[] = []
  for (const { name, parts } of template.fields) {
    const page: Page = { field: name, text: '', spans }
    write(page, parts, drawn)
    fields[name] = page.text
  }
  if (labels.length === 0 && template.label !== undefined) labels.push(template.label)
  return { fields, labels, spans }
}

const nothing: Drawn[] = []

function drawAll(sequence: Sequence, wanted: Wanted, chance: Chance, labels: string[]): Drawn[] {
  const { draws } = sequence
  if (draws.length === 0) return nothing
  const drawn = new Array<Drawn>(draws.length)
  let still = sequence.labelled ? wanted : undefined
  for (let i = 0; i < draws.length; i++) {
    const draw = draws[i]!
    let own = still
    if (typeof still === 'string' && isLabelled(draw)) {
      const tail = sequence.tails.get(still)!
      const here = draw.outcomes.get(still)?.weight ?? 0
      if (chance.float() * tail[i]! < here) still = undefined
      else own = null
    }
    drawn[i] = 'low' in draw ? draw.low + chance.int(draw.high - draw.low + 1) : drawSlot(draw, own, chance, labels)
  }
  return drawn
}

function isLabelled(draw: CompiledSlot | NumberDraw): draw is CompiledSlot {
  return 'labelled' in draw && draw.labelled
}

function drawSlot(slot: CompiledSlot, wanted: Wanted, chance: Chance, labels: string[]): Drawn {
  const choice = wanted === undefined || !slot.labelled ? slot.free : slot.choices.get(wanted)!
  const value = choice.at(chance.float())
  if (value.label === undefined) return { value, within: drawAll(value.sequence, wanted, chance, labels) }
  if (!labels.includes(value.label)) labels.push(value.label)
  return { value, within: drawAll(value.sequence, undefined, chance, labels) }
}

/** A field being written. `spans` is shared by all fields of an expansion. */
interface Page {
  field: string
  text: string
  spans: EntitySpan[]
}

/** An article waiting for the word it agrees with. */
interface Article {
  at: number
  firstSpan: number
  capital: boolean
}

/**
 * Writes parts one after the other. A slot that expands to nothing takes one idle space with it: the one before it if a space,
 * a closing mark or the end follows, else, at the beginning or after an article, the one after it.
 */
function write(page: Page, parts: readonly Part[], drawn: readonly Drawn[]): void {
  const begin = page.text.length
  let article: Article | undefined
  let spaceBefore = false
  let dropSpace = false
  for (const part of parts) {
    if (typeof part === 'string') {
      const literal = dropSpace && part.startsWith(' ') ? part.slice(1) : part
      page.text += literal
      spaceBefore = literal.endsWith(' ')
      dropSpace = false
      if (article && literal.trim() !== '') {
        settle(page, article)
        article = undefined
      }
      continue
    }
    const at = page.text.length
    if (part.article) article = { at, firstSpan: page.spans.length, capital: part.article === 'A' }
    if (writeReference(page, part, drawn, article)) {
      article = undefined
      spaceBefore = false
      dropSpace = false
    } else if (article || at === begin || page.text.endsWith('\n')) dropSpace = true
    else if (spaceBefore && part.closes) {
      page.text = page.text.slice(0, -1)
      spaceBefore = false
    }
  }
}

/** Writes number, article, and what was drawn; says whether that was anything. */
function writeReference(page: Page, part: Reference, drawn: readonly Drawn[], article: Article | undefined): boolean {
  const before = page.text.length
  const count = part.count === undefined ? undefined : (drawn[part.count] as number)
  if (count !== undefined) page.text += `${count} `
  let from = page.text.length
  const firstSpan = page.spans.length
  const { value, within } = drawn[part.draw] as Exclude<Drawn, number>
  if (value.entity !== undefined) page.spans.push({ field: page.field, start: from, end: from, label: value.entity })
  write(page, part.plural || (count !== undefined && count !== 1) ? value.plural : value.singular, within)
  if (page.text.length === from) {
    page.spans.length = firstSpan
    if (count !== undefined) page.text = page.text.slice(0, -1)
    return page.text.length > before
  }
  if (value.entity !== undefined) page.spans[firstSpan]!.end = page.text.length
  if (article) from += settle(page, article)
  if (part.letterCase) recase(page, from, firstSpan, part.letterCase)
  return true
}

/** Puts an article in its place, by the sound of what now stands there; returns its length with the space. */
function settle(page: Page, { at, firstSpan, capital }: Article): number {
  const rest = page.text.slice(at)
  const word = articleFor(rest)
  const article = `${capital ? capitalised(word) : word} `
  page.text = page.text.slice(0, at) + article + rest
  for (let i = firstSpan; i < page.spans.length; i++) {
    page.spans[i]!.start += article.length
    page.spans[i]!.end += article.length
  }
  return article.length
}

const recased: Record<LetterCase, (text: string) => string> = {
  capital: capitalised,
  upper: text => text.toUpperCase(),
  lower: text => text.toLowerCase(),
}

/** Changes the letters from `from` on. Some grow (ß → SS), so each span in there is measured anew. */
function recase(page: Page, from: number, firstSpan: number, letterCase: LetterCase): void {
  const change = recased[letterCase]
  const body = page.text.slice(from)
  const place = (offset: number) => from + change(body.slice(0, offset - from)).length
  page.text = page.text.slice(0, from) + change(body)
  for (let i = firstSpan; i < page.spans.length; i++) {
    const span = page.spans[i]!
    span.start = place(span.start)
    span.end = place(span.end)
  }
}
