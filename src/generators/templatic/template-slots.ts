/** The slots that templates use: their values, and the entity type they mark. */
import { CultivarError } from '../../model/error.ts'
import type { Project } from '../../model/project.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { SlotValues } from './fill-template.ts'
import type { Templates } from './plan-templatic.ts'
import type { Stock } from './read-stock.ts'
import { slotNameOf } from './slot-names.ts'
import { slotsOf, type TemplaticParams } from './templatic-params.ts'

/** Values of a slot that are frozen with a run. */
const mostValues = 5000
/** Slots that a message lists. */
const mostListed = 20

/**
 * Each slot once. Lists of the recipe take the place of the project's values, or come before them.
 *
 * @throws CultivarError `bad-recipe` for a slot that nothing can come into.
 */
export function slotsOfAll(templates: Templates, params: TemplaticParams, project: Project, stock: Stock) {
  const lists = new Map(Object.entries(params.values).map(([type, texts]) => [slotNameOf(type), texts]))
  const plain = new Set(params.plain.map(slotNameOf))
  const slots: Record<string, SlotValues> = {}
  for (const [cell, { text }] of Object.entries(templates)) {
    for (const slot of slotsOf(text)) {
      if (Object.hasOwn(slots, slot)) continue
      const own = stock.values.get(slot)
      const label = plain.has(slot) ? null : own ? own.label : newLabel(slot, project)
      const values = merged(lists.get(slot), params.mergeValues || !lists.has(slot) ? own : undefined)
      if (values.texts.length === 0) throw unknownSlot(slot, cell, [...lists.keys(), ...stock.values.keys()], stock)
      slots[slot] = { label, ...values }
    }
  }
  return slots
}

/** The entity type of a slot that no training record has; none where it can be no type of the project. */
function newLabel(slot: string, { kind, labels }: Project): string | null {
  if (kind !== 'entities') return null
  return labels.length === 0 ? slot : (labels.find(label => slotNameOf(label) === slot) ?? null)
}

function merged(list: string[] = [], own?: SlotValues): Omit<SlotValues, 'label'> {
  const given = new Set(list)
  const others = (own?.texts ?? []).flatMap((text, at) =>
    given.has(text) ? [] : [{ text, record: own!.records[at]! }],
  )
  const first = (own?.texts ?? []).slice(0, own?.first).filter(text => !given.has(text)).length
  return {
    texts: [...given, ...others.map(({ text }) => text)],
    records: [...Array.from(given, () => null), ...others.map(({ record }) => record)],
    first: given.size + first,
  }
}

/** Of each slot at most 5,000 values, of the first ones where there are more of them. */
export function frozenValues(slots: Record<string, SlotValues>, random: RandomStream): Record<string, SlotValues> {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, { label, texts, records, first }]) => {
      const places = texts.map((_, place) => place)
      const inOrder = [places.slice(0, first), places.slice(first)]
      const chosen =
        texts.length > mostValues
          ? inOrder.flatMap((part, at) => random.fork(`values ${at} ${slot}`).shuffle(part)).slice(0, mostValues)
          : places
      const values = { texts: chosen.map(place => texts[place]!), records: chosen.map(place => records[place]!) }
      return [slot, { label, ...values, first: Math.min(first, chosen.length) }]
    }),
  )
}

function unknownSlot(slot: string, cell: string, known: string[], { marked }: Stock): CultivarError {
  const names = [...new Set(known)]
  const near = nearestName(slot, names)
  const list = names.slice(0, mostListed).map(name => `{${name}}`)
  const there =
    list.length > 0 ? `There are values for ${list.join(', ')}${names.length > list.length ? ', …' : ''}. ` : ''
  return new CultivarError(
    'bad-recipe',
    `“${cell}” has the placeholder {${slot}}, and there are no values for it: ${marked ? 'no training record has an entity of that type' : 'no training record has an entity'}.`,
    `${near ? `Did you mean {${near}}? ` : there}Otherwise give some: values: { ${slot}: [one, another] }.`,
    { slot, cell },
  )
}
