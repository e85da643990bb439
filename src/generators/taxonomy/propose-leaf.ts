/** Proposes the records of one leaf: what its pipeline makes of the unit's start, and in the first unit, what the teacher knows unseen. */
import type { Ask, PreviewedRequest, Proposal, UnitContext } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { nearCopiesOf } from '../../text/near-copies.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { previewPipeline } from '../pipeline/preview-pipeline.ts'
import { type PipelineRow, runPipeline } from '../pipeline/run-pipeline.ts'
import { previewProbe, probeLeaf } from './probe-leaf.ts'
import { settledProposals } from './settled-proposals.ts'
import { taxonomyMaterial } from './taxonomy-material.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'
import { startsOf, type UnitStart } from './taxonomy-slots.ts'

type Unit = UnitContext<TaxonomyParams>

/** Similarity from which a text repeats a seed, as critic `unique` has it. */
const nearCopy = 0.85

export async function proposeLeaf({ ask, ...unit }: Unit & { ask: Ask }): Promise<Proposal[]> {
  const starts = startsOf(unit).map(start => proposeFrom(start, pipelineOf(unit, start), ask))
  // All of them, even if one throws: which one is told must not hang on timing.
  const ends = await Promise.allSettled([...starts, probeLeaf(unit, ask)])
  const proposals = ends.map(end => settledProposals(end, 'valid'))
  // One start without a usable reply costs the unit no other; if there is none that has one, the unit fails.
  const failed = ends.slice(0, starts.length).filter(end => end.status === 'rejected')
  if (failed.length === starts.length) throw failed[0]!.reason
  return proposals.flat()
}

async function proposeFrom(start: UnitStart, pipeline: Pipeline, ask: Ask): Promise<Proposal[]> {
  const { seeds, asks } = start
  const rows = await runPipeline(pipeline, { slots: given(pipeline, start), seeds, asks }, ask)
  return withoutNearSeeds(rows, start).map(row => proposalOf(row, pipeline, start))
}

/** Of the first start alone, for as many as there are. */
export function previewLeaf(unit: Unit): PreviewedRequest[] {
  const starts = startsOf(unit)
  const [start] = starts as [UnitStart]
  const pipeline = pipelineOf(unit, start)
  const [seed] = start.material.leaf.seeds
  const [pair] = seed!.pairs
  const passage = start.passage?.text ?? ''
  // A seed is about as long as what will be written in its place.
  const standIns = { ...pair, context: passage || seed!.context, ...(passage && { corrected: passage }) }
  const requests = previewPipeline(pipeline, { slots: given(pipeline, start), asks: start.asks }, standIns)
  return [
    ...requests.map(request => ({ ...request, times: (request.times ?? 1) * starts.length })),
    ...previewProbe(unit),
  ]
}

function pipelineOf({ material }: Unit, start: UnitStart): Pipeline {
  return taxonomyMaterial(material).pipelines[start.material.pipeline]!
}

/** What the pipeline wants of all that there is. */
function given({ slots }: Pipeline, start: UnitStart): UnitStart['slots'] {
  return Object.fromEntries(slots.map(name => [name, start.slots[name]!]))
}

/** What says almost the same as a seed teaches nothing new. Exact copies were found before anybody judged them. */
function withoutNearSeeds(rows: PipelineRow[], { material, seeds }: UnitStart): PipelineRow[] {
  const field = material.leaf.kind === 'grounded' ? 'context' : 'question'
  const texts = rows.map(({ fields }) => fields[field] ?? '')
  const copies = new Map(nearCopiesOf(texts, seeds, nearCopy).map(copy => [copy.text, copy.similarity]))
  return rows.map((row, at) => {
    const score = copies.get(at)
    if (score === undefined || row.verdicts.some(({ pass }) => !pass)) return row
    const reason = `its ${field} is ${Math.floor(100 * score)} % that of a seed`
    return { ...row, verdicts: [...row.verdicts, { critic: 'copy', pass: false, score, reason }] }
  })
}

/** A record has what the stages wrote, but for texts that were only variants to choose from. */
function proposalOf(row: PipelineRow, { slots, stages }: Pipeline, { passage, material }: UnitStart): Proposal {
  const { fields, verdicts, call, index } = row
  const working = new Set([...slots, ...stages.flatMap(stage => ('vary' in stage ? Object.values(stage.from) : []))])
  const { question, answer, context, ...others } = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !working.has(name)),
  )
  const written: Record<string, Json | undefined> = {
    ...{ question, answer, context: context ?? passage?.text, ...others },
    ...(passage && { source: passage.source }),
  }
  const record = Object.entries(written).filter((field): field is [string, Json] => field[1] !== undefined)
  return {
    fields: Object.fromEntries(record),
    cell: material.leaf.path,
    verdicts,
    index,
    ...(call !== undefined && { call }),
  }
}
