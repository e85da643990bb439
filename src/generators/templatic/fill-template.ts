/** Fills templates: each combination of values once, every span where its value stands. */
import { CultivarError } from '../../model/error.ts'
import type { Span } from '../../model/record.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { type CompiledTemplates, compileTemplates } from '../../text/template.ts'
import { countName, DrawKeys } from '../../text/template-check.ts'
import { expandTemplate } from '../../text/template-expansion.ts'
import { parseTemplate } from '../../text/template-parser.ts'
import { combinations, type Draw, waysOf } from './combinations.ts'

/** What a slot's values are. */
export type SlotValues = {
  /** Entity type of its spans; null if it has none. */
  label: string | null
  /** Each once. */
  texts: string[]
  /** The record each was first seen in; null for one that was given. */
  records: (string | null)[]
  /** The first so many come before all others: they are drawn alone where they suffice. */
  first: number
}

export interface Filled {
  text: string
  spans: Span[]
  /** Where its values come from. */
  records: string[]
}

/** Combinations in a row that give no new text, after which a template is exhausted. */
const mostBarren = 10_000

interface FillOptions {
  random: RandomStream
  /** Texts not to be made; those that came up are told to `met`. */
  taken: ReadonlySet<string>
  met?: (text: string) => void
  /** How many results the first values of each slot must be good for; else all of its values are drawn from. */
  results: number
}

/** Templates ready to be filled. All of their slots must be there. */
export class OpenTemplates {
  readonly #texts: readonly string[]
  readonly #slots: Record<string, SlotValues>
  readonly #field: string
  readonly #compiled: CompiledTemplates

  constructor(texts: readonly string[], slots: Record<string, SlotValues>, field: string) {
    this.#texts = texts
    this.#slots = slots
    this.#field = field
    this.#compiled = compiled(texts, slots, field)
  }

  /**
   * Results of one template, no text twice, until there are no more. Which ones and in which order follows from the stream alone:
   * whoever takes more of them gets the same ones first.
   */
  *fill(template: number, { random, taken, met, results }: FillOptions): Generator<Filled> {
    const named = drawsOf(this.#texts[template]!)
    const sized = (of: (values: SlotValues) => number): Draw[] =>
      named.map(draw => ({ ...draw, size: 'size' in draw ? draw.size : of(this.#slots[draw.slot]!) }))
    const among = sized(({ first }) => first)
    const draws = waysOf(among) >= results ? among : sized(({ texts }) => texts.length)
    const made = new Set<string>()
    let barren = 0
    for (const drawn of combinations(draws, random)) {
      if (barren >= mostBarren) return
      const filled = this.#write(template, named, drawn)
      barren++
      if (made.has(filled.text)) continue
      made.add(filled.text)
      if (taken.has(filled.text)) met?.(filled.text)
      else {
        barren = 0
        yield filled
      }
    }
  }

  #write(template: number, named: NamedDraw[], drawn: number[]): Filled {
    const chance = settledChance([
      (template + 0.5) / this.#texts.length,
      // Where all weights are equal, the middle of a value's share draws it.
      ...named.map((draw, at) =>
        'size' in draw ? drawn[at]! : (drawn[at]! + 0.5) / this.#slots[draw.slot]!.texts.length,
      ),
    ])
    const { fields, spans } = expandTemplate(this.#compiled, null, chance)
    const records = named.flatMap((draw, at) =>
      'size' in draw ? [] : (this.#slots[draw.slot]!.records[drawn[at]!] ?? []),
    )
    return { text: fields[this.#field]!, spans, records }
  }
}

/** Gives what is settled already, in the order in which an expansion asks for it. */
function settledChance(points: number[]) {
  let next = 0
  const settled = () => points[next++]!
  return { float: settled, int: settled }
}

type NamedDraw = { slot: string } | { key: string; size: number }

/** The draws that a template makes, in the order it makes them. */
function drawsOf(text: string): NamedDraw[] {
  const keys = new DrawKeys()
  const draws = new Map<string, NamedDraw>()
  const add = (key: string, draw: NamedDraw) => draws.has(key) || draws.set(key, draw)
  for (const part of parseTemplate(text)) {
    if (typeof part === 'string') continue
    const { slot, mention, count } = part
    if (count) {
      const key = keys.of(countName(count), mention)
      add(key, { key, size: count.high - count.low + 1 })
    }
    add(keys.of(slot, mention), { slot })
  }
  return [...draws.values()]
}

function compiled(texts: readonly string[], slots: Record<string, SlotValues>, field: string): CompiledTemplates {
  const { compiled: templates, issues } = compileTemplates({
    templates: texts.map(text => ({ fields: { [field]: text } })),
    slots: Object.fromEntries(
      Object.entries(slots).map(([name, { label, texts }]) => {
        const values = texts.map(withPlainBraces)
        return [name, label === null ? values : { entity: label, values }]
      }),
    ),
  })
  if (templates) return templates
  throw new CultivarError('bad-recipe', issues.map(({ message }) => message).join('; '), 'Correct the templates.', {
    issues,
  })
}

/** The text as a template has it: its braces stand for themselves. */
export function withPlainBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}')
}
