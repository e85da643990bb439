/** The generator `templatic`: records from templates, typed or mined, filled with the project's own values or given ones. */
import { defineGenerator, type Proposal, type UnitContext } from '../engine/define.ts'
import { randomStream } from '../stats/random-stream.ts'
import { askExtras, type Extras, type Rewording, rewordingRequest } from './templatic/extra-templates.ts'
import { type Filled, OpenTemplates } from './templatic/fill-template.ts'
import { type PlannedTemplate, planTemplatic, streamOf, type TemplaticMaterial } from './templatic/plan-templatic.ts'
import { templaticPrompt } from './templatic/templatic.prompt.ts'
import { slotsOf, type TemplaticParams, templaticParams } from './templatic/templatic-params.ts'

export const templatic = defineGenerator<TemplaticParams>({
  kind: 'templatic',
  summary:
    'Fills templates, typed or made of your records, with the entities of your records or with lists; the teacher may reword them',
  params: templaticParams,
  usesModel: true,
  asks: ({ extra }) => extra > 0,
  prompts: [templaticPrompt.id],
  // Results of one template are alike by any measure, and values that are real must not be mended.
  critics: ({ text }) => [
    { kind: 'unique', exact: true, fold: false, fields: [text] },
    { kind: 'privacy', enabled: false },
  ],
  plan: planTemplatic,
  preview: unit => (unit.params.extra > 0 ? [rewordingRequest(rewordingOf(unit))] : []),

  async propose({ ask, ...unit }) {
    const template = (unit.material as TemplaticMaterial).templates[unit.cell]!
    if (unit.params.extra === 0) return filled(unit, template, [])
    const extras = await askExtras(rewordingOf(unit), unit.params.text, ask)
    const results = filled(unit, template, extras.templates)
    // All units of a cell get the same replies: what is wrong with them is said once.
    return unit.cellOrdinal === 0 ? [...results, ...extras.rejects] : results
  },
})

function rewordingOf({ params, material, cell, project }: UnitContext<TemplaticParams>): Rewording {
  const { slots, templates } = material as TemplaticMaterial
  const { text, labels } = templates[cell]!
  const { extra: count, temperature } = params
  return { template: text, labels, count, slots, instructions: project.instructions, temperature }
}

/**
 * The unit's share of what the templates of its cell give: of the first unit, as many of each as `results` says; of later ones, which
 * make up for what was not kept, what comes after that, from each in turn.
 */
function filled(
  { params, material, cell, cellOrdinal, asks }: UnitContext<TemplaticParams>,
  template: PlannedTemplate,
  extras: Extras['templates'],
): Proposal[] {
  const { results, extra, text: field } = params
  const { stream, slots, templates } = material as TemplaticMaterial
  const sources = [template, ...extras]
  const first = results * sources.length
  const from = cellOrdinal === 0 ? 0 : first + (cellOrdinal - 1) * results * (1 + extra)
  const to = cellOrdinal === 0 ? Math.min(asks, first) : from + asks
  const given = openedTemplates(material as TemplaticMaterial, field)
  const reworded = openExtras(extras, slots, field)
  const taken = new Set(template.taken)
  const fills = sources.map(({ text }, at) => {
    const options = { random: streamOf(stream, text), taken, results }
    const place = Object.keys(templates).indexOf(cell)
    const fill = at === 0 ? given.fill(place, options) : reworded.fill(at - 1, options)
    return fill.take(Math.max(0, Math.ceil((to - at) / sources.length))).toArray()
  })
  return Array.from({ length: to - from }, (_, step) => {
    const at = (from + step) % sources.length
    const result = fills[at]![Math.floor((from + step) / sources.length)]
    return result ? [proposalOf(result, template, field, extras[at - 1]?.call)] : []
  }).flat()
}

function proposalOf(
  { text, spans, records }: Filled,
  template: PlannedTemplate,
  field: string,
  call: string | undefined,
): Proposal {
  return {
    fields: { [field]: text },
    labels: template.labels,
    spans,
    seeds: [...new Set([...template.records, ...records])],
    tags: template.tags,
    // One call stands behind many records, of several runs perhaps: the text tells them apart.
    ...(call === undefined ? {} : { call, index: randomStream(text).uint32() }),
  }
}

const opened = new WeakMap<TemplaticMaterial, OpenTemplates>()

/** Units of a run share their material, so that its templates are compiled once. */
function openedTemplates(material: TemplaticMaterial, field: string): OpenTemplates {
  const known = opened.get(material)
  if (known) return known
  const texts = Object.values(material.templates).map(({ text }) => text)
  const open = new OpenTemplates(texts, material.slots, field)
  opened.set(material, open)
  return open
}

function openExtras(extras: Extras['templates'], slots: TemplaticMaterial['slots'], field: string): OpenTemplates {
  const texts = extras.map(({ text }) => text)
  const used = new Set(texts.flatMap(slotsOf))
  return new OpenTemplates(texts, Object.fromEntries([...used].map(slot => [slot, slots[slot]!])), field)
}
