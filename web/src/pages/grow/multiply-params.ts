/** Parameters of `few-shot` as the panel reads and changes them: what a person chose is named in them, nothing else holds it. */
import type { ExamplesPreview, ShownText } from '../../../../src/model/api/previews.ts'

export type Params = Record<string, unknown>
export type Mode = 'more' | 'boundary' | 'wrong'
type Lists = Record<string, string[]>

/** As the generator has it. */
const usual = { similar: 8, mostListed: 50 }

/** Members that only some modes have. */
const membersOf: Record<Mode, string[]> = {
  more: ['label', 'examples', 'unlike'],
  boundary: ['examples', 'between', 'steps', 'stepField', 'neighbours', 'suspicion'],
  wrong: ['label', 'predictions', 'neighbours', 'suspicion', 'confirmed'],
}
const owned = new Set(Object.values(membersOf).flat())

export function modeOf({ mode }: Params): Mode {
  return mode === 'boundary' || mode === 'wrong' ? mode : 'more'
}

/** Drops what belongs to other modes alone; the generator would refuse it. */
export function inMode(params: Params, mode: Mode): Params {
  // Examples of the one mode are for other labels than those of the other.
  const isOther = mode !== modeOf(params)
  const kept = Object.entries(params).filter(
    ([name]) => !owned.has(name) || (membersOf[mode].includes(name) && !(isOther && name === 'examples')),
  )
  return { ...Object.fromEntries(kept), mode }
}

/** Members that the current mode does not have. */
export function foreignTo(mode: Mode): string[] {
  return [...owned].filter(name => !membersOf[mode].includes(name))
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

export function labelsIn({ label }: Params): string[] {
  return textsIn([label].flat())
}

function listsIn(params: Params, member: 'examples' | 'unlike'): Lists {
  const given = params[member]
  if (Array.isArray(given)) {
    const [label] = labelsIn(params)
    return label === undefined ? {} : { [label]: textsIn(given) }
  }
  if (typeof given !== 'object' || given === null) return {}
  return Object.fromEntries(Object.entries(given).map(([label, texts]) => [label, textsIn(texts)]))
}

/** Record ids or texts, by label. */
export const examplesIn = (params: Params): Lists => listsIn(params, 'examples')

export const unlikeIn = (params: Params): Lists => listsIn(params, 'unlike')

function similarIn({ similar }: Params): number {
  return typeof similar === 'number' ? similar : usual.similar
}

/** Whether nothing is found beside the examples: there are as many as a prompt shows. */
export function likeIsFixed(params: Params): boolean {
  return similarIn(params) <= fewest(examplesIn(params)) - 1
}

function fewest(examples: Lists): number {
  return Math.min(...Object.values(examples).map(texts => texts.length), usual.mostListed + 1)
}

/** Labels without an example are no longer grown, nor set off against anything. */
export function withExamples(params: Params, examples: Lists): Params {
  const { examples: _, label: __, unlike, similar, ...rest } = params
  const left = Object.fromEntries(Object.entries(examples).filter(([, texts]) => texts.length > 0))
  const others = labelsIn(params).filter(label => !(label in examples))
  const labels = Object.keys(left)
  const still = Object.entries(unlikeIn(params)).filter(([label]) => labels.includes(label) || others.includes(label))
  return {
    ...rest,
    ...(similar !== undefined && { similar }),
    ...(others.length > 0 && { label: [...others, ...labels] }),
    ...(labels.length > 0 && { examples: left }),
    ...(still.length > 0 && { unlike: Object.fromEntries(still) }),
  }
}

/** With these examples and no others: nothing is found beside them from here on. */
export function withFixedExamples(params: Params, examples: Lists): Params {
  const next = withExamples(params, examples)
  return 'examples' in next ? { ...next, similar: Math.max(0, fewest(examplesIn(next)) - 1) } : withFoundExamples(next)
}

/** As many are found beside the examples as is usual. */
export function withFoundExamples({ similar: _, ...params }: Params): Params {
  return params
}

/** `undefined`: close ones are found. */
export function withUnlike(params: Params, label: string, texts: string[] | undefined): Params {
  const { unlike: _, ...rest } = params
  const { [label]: __, ...others } = unlikeIn(params)
  const lists = texts === undefined ? others : { ...others, [label]: texts }
  return Object.keys(lists).length === 0 ? rest : { ...rest, unlike: lists }
}

/** What a shown text is called in parameters. */
export function nameOf({ id, text }: Pick<ShownText, 'id' | 'text'>): string {
  return id ?? text
}

/** All that is shown as like a label, by name: what is chosen as it is written, then what is found. */
export function shownExamples(params: Params, cells: ExamplesPreview['cells']): Lists {
  const examples = examplesIn(params)
  return Object.fromEntries(
    cells.map(({ label, examples: shown, like }) => [
      label,
      [...(examples[label] ?? shown.map(nameOf)), ...like.map(nameOf)],
    ]),
  )
}

/**
 * What to show at once: what the parameters name, and what the last preview found beside it. `known` are texts that were
 * shown before, by id and by text; of a name that is not among them nothing but the name can be shown.
 */
export function shownCells(
  params: Params,
  found: ExamplesPreview['cells'],
  known: ReadonlyMap<string, ShownText>,
): ExamplesPreview['cells'] {
  const [examples, unlike] = [examplesIn(params), unlikeIn(params)]
  const isFixed = likeIsFixed(params)
  const textOf = (name: string) => known.get(name) ?? { id: null, text: name, labels: [] }
  const labels = [...new Set([...labelsIn(params), ...Object.keys(examples)])]
  return labels.map(label => {
    const cell = found.find(each => each.label === label)
    const chosen = examples[label]?.map(textOf) ?? cell?.examples ?? []
    const names = chosen.map(nameOf)
    const like = isFixed ? [] : (cell?.like ?? []).filter(text => !names.includes(nameOf(text)))
    return { label, examples: chosen, like, unlike: unlike[label]?.map(textOf) ?? cell?.unlike ?? [] }
  })
}

/** Decide nothing about which examples are shown. */
export const notPreviewed = ['instructions', 'matchStyle', 'temperature', 'differentFrom']
