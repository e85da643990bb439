/** Links parsed templates and slots: texts become parts that point at draws, and slots the choices those draws are made from. */
import { pluralOf, prepositionIn } from './agreement.ts'
import type {
  CompiledSlot,
  CompiledTemplate,
  CompiledValue,
  NumberDraw,
  Part,
  Reference,
  Sequence,
} from './template.ts'
import {
  countName,
  DrawKeys,
  type ParsedSet,
  type ParsedTemplate,
  type ParsedText,
  type ParsedValue,
} from './template-check.ts'
import {
  addChance,
  hasLabels,
  inSequence,
  type Outcomes,
  unlabelled,
  WeightedChoice,
  waysOf,
} from './template-outcomes.ts'

/** Turns parsed texts into parts and draws; each slot is compiled once, before the texts that use it. */
export class TemplateLinker {
  readonly #parsed: ParsedSet
  readonly #slots = new Map<string, CompiledSlot>()

  constructor(parsed: ParsedSet) {
    this.#parsed = parsed
  }

  isUsed(slot: string): boolean {
    return this.#slots.has(slot)
  }

  template({ fields, label }: ParsedTemplate): CompiledTemplate {
    const table = new DrawTable()
    const keys = new DrawKeys()
    const linked = fields.map(({ name, text }) => ({ name, parts: this.#link(text, table, keys) }))
    return { fields: linked, sequence: sequenceOf(table.draws), label }
  }

  #slot(name: string): CompiledSlot {
    const known = this.#slots.get(name)
    if (known) return known
    const parsed = this.#parsed.slots.get(name)!
    const items = parsed.map(value => ({ item: this.#value(value), weight: value.weight }))
    const total = items.reduce((sum, { weight }) => sum + weight, 0)
    const outcomes: Outcomes = new Map()
    const byLabel = new Map<string | null, { item: CompiledValue; weight: number }[]>()
    for (const { item, weight } of items) {
      const own = item.label
      const drawn: Outcomes =
        own === undefined
          ? item.sequence.outcomes
          : new Map([[own, { weight: 1, ways: waysOf(item.sequence.outcomes) }]])
      for (const [label, chance] of drawn) {
        const share = (weight / total) * chance.weight
        addChance(outcomes, label, share, chance.ways)
        byLabel.set(label, [...(byLabel.get(label) ?? []), { item, weight: share }])
      }
    }
    const slot: CompiledSlot = {
      labelled: hasLabels(outcomes),
      outcomes,
      free: new WeightedChoice(items),
      choices: new Map([...byLabel].map(([label, among]) => [label, new WeightedChoice(among)])),
    }
    this.#slots.set(name, slot)
    return slot
  }

  #value({ singular, plural, label, entity }: ParsedValue): CompiledValue {
    const table = new DrawTable()
    const one = this.#link(singular, table, new DrawKeys())
    const many = plural ? this.#link(plural, table, new DrawKeys()) : inPlural(one)
    return { singular: one, plural: many, sequence: sequenceOf(table.draws), label, entity }
  }

  #link(text: ParsedText, table: DrawTable, keys: DrawKeys): Part[] {
    return text.map((part, index): Part => {
      if (typeof part === 'string') return part
      const { slot, mention, count, article, plural, letterCase } = part
      const next = text[index + 1]
      const closes = next === undefined || (typeof next === 'string' && /^[\s.,;:!?)\]]/.test(next))
      const link: Reference = { draw: 0, article, plural, letterCase, closes }
      if (count) link.count = table.find(keys.of(countName(count), mention), () => count)
      link.draw = table.find(keys.of(slot, mention), () => this.#slot(slot))
      return link
    })
  }
}

/** The draws of one template or value, each under its key once. */
class DrawTable {
  readonly draws: Sequence['draws'] = []
  readonly #places = new Map<string, number>()

  find(key: string, make: () => CompiledSlot | NumberDraw): number {
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.draws.push(make()) - 1
    this.#places.set(key, place)
    return place
  }
}

function sequenceOf(draws: Sequence['draws']): Sequence {
  const chances = draws.map(draw => ('low' in draw ? unlabelled(BigInt(draw.high - draw.low + 1)) : draw.outcomes))
  const outcomes = inSequence(chances)
  const tails = new Map<string, number[]>()
  for (const label of outcomes.keys()) {
    if (label === null) continue
    const tail = new Array<number>(draws.length + 1).fill(0)
    for (let i = draws.length - 1; i >= 0; i--) {
      const here = chances[i]!
      tail[i] = (here.get(label)?.weight ?? 0) + (here.get(null)?.weight ?? 0) * tail[i + 1]!
    }
    tails.set(label, tail)
  }
  return { draws, labelled: hasLabels(outcomes), tails, outcomes }
}

/** Parts in the plural: the last word or slot before the first preposition takes it. */
function inPlural(parts: Part[]): Part[] {
  const cut = parts.findIndex((part, index) => {
    if (typeof part !== 'string') return false
    const at = prepositionIn(part)
    return at > 0 || (at === 0 && index > 0)
  })
  for (let i = cut < 0 ? parts.length - 1 : cut; i >= 0; i--) {
    const part = parts[i]!
    if (typeof part !== 'string') {
      return part.count === undefined ? parts.with(i, { ...part, article: undefined, plural: true }) : parts
    }
    const end = i === cut ? prepositionIn(part) : part.length
    const head = pluralOf(part.slice(0, end))
    if (head !== null) return parts.with(i, head + part.slice(end))
  }
  return parts
}
