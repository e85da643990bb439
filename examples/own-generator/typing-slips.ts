/** A generator of one's own that needs no model: copies of labelled records, mistyped as people mistype. */
import { defineGenerator, type PlanContext, type UnitContext } from 'cultivar'
import { z } from 'zod'

const params = z.strictObject({
  slips: z.int().min(1).max(5).default(1).describe('Slips in each text'),
})
type Params = z.infer<typeof params>
type Random = UnitContext<Params>['random']

/** What a unit needs, by label: frozen with the run, so that a resumed one mistypes the same records. */
type Material = Record<string, { id: string; text: string }[]>

export const typingSlips = defineGenerator<Params>({
  kind: 'typing-slips',
  summary: 'Copies labelled training records with slips of the keyboard; no model needed',
  params,

  async plan({ records }) {
    const material = await readMaterial(records)
    const count = Object.values(material).flat().length
    return {
      cells: Object.keys(material),
      material,
      perUnit: 100,
      notes: [`${count} training records to mistype`],
    }
  },

  propose({ params, material, cell, asks, random }) {
    const sources = (material as Material)[cell]!
    return Array.from({ length: asks }, () => {
      const { id, text } = random.pick(sources)
      return { fields: { text: mistype(text, params.slips, random) }, labels: [cell], seeds: [id] }
    })
  },
})

/** What a person brought to the training split: a slip of a slip would no longer be what people write. */
async function readMaterial(records: PlanContext<Params>['records']): Promise<Material> {
  const material: Material = {}
  for await (const { id, fields, labels, split, outcome } of records()) {
    const text = fields['text']
    const label = labels[0]
    if (split !== 'train' || outcome !== 'imported' || typeof text !== 'string' || label === undefined) continue
    material[label] ??= []
    material[label].push({ id, text })
  }
  return material
}

function mistype(text: string, slips: number, random: Random): string {
  let mistyped = text
  for (let slip = 0; slip < slips; slip++) mistyped = slipOnce(mistyped, random)
  return mistyped
}

/** Swaps, drops or doubles a letter that has a letter on either side; a text without such a letter stays as it is. */
function slipOnce(text: string, random: Random): string {
  const inner = [...text.matchAll(/(?<=\p{L})\p{L}(?=\p{L})/gu)]
  if (inner.length === 0) return text
  const { 0: letter, index: at } = random.pick(inner)
  const before = text.slice(0, at)
  const after = text.slice(at + letter.length)
  const next = String.fromCodePoint(after.codePointAt(0)!)
  const slip = random.pick([next + letter + after.slice(next.length), after, letter + letter + after])
  return before + slip
}
