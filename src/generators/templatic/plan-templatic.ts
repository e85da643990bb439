/** Plans templates: which there are, where their values come from, and how many results each can give. */

import type { Plan, PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Project } from '../../model/project.ts'
import { ownTags } from '../../model/record.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { requireProjectLabels } from '../require-project-labels.ts'
import { OpenTemplates, type SlotValues } from './fill-template.ts'
import { readStock, type Stock } from './read-stock.ts'
import { slotNameOf } from './slot-names.ts'
import { frozenValues, slotsOfAll } from './template-slots.ts'
import { templaticNotes } from './templatic-notes.ts'
import { readTemplate, type TemplaticParams } from './templatic-params.ts'

/** Frozen with the run. */
export type TemplaticMaterial = {
  /** What the values are drawn into: a stream for each template text. */
  stream: string
  slots: Record<string, SlotValues>
  /** By cell. */
  templates: Record<string, PlannedTemplate>
}

export type PlannedTemplate = {
  text: string
  labels: string[]
  /** Records with this skeleton; none for one that was given. */
  records: string[]
  tags: string[]
  /** Results that are passed over, for the project has them. */
  taken: string[]
}

/** Tags of what is made; the second of what may have another label than its text. */
const [made, toCheck] = [[ownTags.augmented, 'templatic'], ownTags.toCheck]

export async function planTemplatic(context: PlanContext<TemplaticParams>): Promise<Plan> {
  const { params, project, random, records } = context
  const stock = await readStock(records(), { field: params.text, entities: project.kind === 'entities' })
  const { given, mined } = chosenTemplates(params, project, stock)
  const templates = { ...given, ...mined }
  const slots = slotsOfAll(templates, params, project, stock)
  const frozen = frozenValues(slots, random)
  const stream = `templatic ${random.uint32()}`
  const open = new OpenTemplates(
    Object.values(templates).map(({ text }) => text),
    frozen,
    params.text,
  )
  const possible = Object.values(templates).map((template, at) => {
    let count = 0
    const met = (text: string) => template.taken.push(text)
    const options = { random: streamOf(stream, template.text), taken: stock.texts, met, results: params.results }
    for (const _ of open.fill(at, options)) if (++count >= params.results) break
    return count
  })
  const each = 1 + params.extra
  const cells = Object.keys(templates)
  const targets = Object.fromEntries(cells.map((cell, at) => [cell, possible[at]! * each]))
  if (possible.every(count => count === 0)) throw nothingNew(cells.length)
  const material: TemplaticMaterial = { stream, slots: frozen, templates }
  return {
    ...{ cells, material, perUnit: params.results * each, targets },
    notes: templaticNotes({ params, project, stock, given, mined, slots, frozen, possible }),
  }
}

export function streamOf(stream: string, template: string) {
  return randomStream(stream).fork(template)
}

export type Templates = Record<string, PlannedTemplate>

/** By cell: the ones that were given, by their place in the list, then the mined ones. */
function chosenTemplates({ templates, mine, values }: TemplaticParams, project: Project, stock: Stock) {
  const given = templates.map(readTemplate)
  const labels = given.flatMap(template => template.labels)
  if (project.kind !== 'entities') requireProjectLabels(labels, project)
  const lists = new Map(Object.entries(values).map(([type, list]) => [slotNameOf(type), list.length]))
  const texts = new Set(given.map(({ text }) => text))
  const mined = stock.skeletons
    .best(mine + texts.size, slot => lists.get(slot) ?? stock.values.get(slot)!.texts.length)
    .filter(({ text }) => !texts.has(text))
    .slice(0, mine)
  if (given.length + mined.length === 0) throw nothingMined(stock.marked)
  // Which number it is may well be what the label says.
  const tags = stock.marked ? made : [...made, toCheck]
  return {
    given: byCell('template', given, { records: [], tags: made }),
    mined: byCell('mined', mined, { tags }),
  }
}

function byCell(
  what: string,
  templates: readonly (Pick<PlannedTemplate, 'text' | 'labels'> & Partial<PlannedTemplate>)[],
  shared: Partial<PlannedTemplate>,
): Templates {
  return Object.fromEntries(
    templates.map(({ text, labels, records = [] }, at) => [
      [labels.join(', '), `${what} ${at + 1}`].filter(part => part !== '').join(': '),
      { text, labels, records, tags: made, taken: [], ...shared },
    ]),
  )
}

function nothingMined(marked: boolean): CultivarError {
  return new CultivarError(
    'bad-recipe',
    marked
      ? 'No template can be made of the training records: none has an entity among two other words or more.'
      : 'No template can be made of the training records: none has an entity, and none a number, date, amount or quotation that its label does not depend on.',
    'Write some yourself: templates: ["{PER} flew to {LOC}."], with values: { PER: […], LOC: […] } where records give none.',
  )
}

function nothingNew(templates: number): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `${templates === 1 ? 'The template gives' : `None of the ${templates} templates gives`} a text that the project does not have.`,
    'Give more values with `values`, or other templates. A slot that stands twice in a template needs two values; {LOC#1} stands for one.',
  )
}
