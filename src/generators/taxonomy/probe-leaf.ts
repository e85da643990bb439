/** Asks the teacher seed questions that it has not seen answered: what it masters already needs no more data. */
import type { Ask, PreviewedRequest, Proposal, UnitContext } from '../../engine/define.ts'
import type { Verdict } from '../../model/record.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import type { SlotValue } from '../pipeline/pipeline.ts'
import { previewPipeline } from '../pipeline/preview-pipeline.ts'
import { type PipelineRow, runPipeline } from '../pipeline/run-pipeline.ts'
import { settledProposals } from './settled-proposals.ts'
import { taxonomyMaterial } from './taxonomy-material.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'
import { topicOf } from './taxonomy-slots.ts'

/** Name of the verdict; its score is 1 if the teacher knew the answer, 0 if not. */
const probeCritic = 'probe'

type Unit = UnitContext<TaxonomyParams>
type Probe = { question: string; reference: string; context: string; topic: string; task: string }

/** Candidates of the leaf's first unit, all of them rejected by `probe`: they are findings, not data. */
export async function probeLeaf(unit: Unit, ask: Ask): Promise<Proposal[]> {
  const { probe } = taxonomyMaterial(unit.material)
  if (!probe) return []
  const ends = await Promise.allSettled(
    probesOf(unit).map(async slots => {
      const rows = await runPipeline(probe, { slots, seeds: [], asks: 1 }, ask)
      return rows.map(row => proposalOf(row, slots))
    }),
  )
  return ends.flatMap(end => settledProposals(end, probeCritic))
}

export function previewProbe(unit: Unit): PreviewedRequest[] {
  const { probe } = taxonomyMaterial(unit.material)
  const probes = probesOf(unit)
  const [slots] = probes
  if (!probe || !slots) return []
  const requests = previewPipeline(probe, { slots, asks: 1 }, { answer: slots.reference })
  return requests.map(request => ({ ...request, times: probes.length }))
}

/** One pair of each seed first, then the next ones. Knowledge is asked for without its context. */
function probesOf({ material, params, cell, cellOrdinal }: Unit): Probe[] {
  if (cellOrdinal > 0) return []
  const { leaf } = taxonomyMaterial(material).leaves[cell]!
  const most = Math.max(...leaf.seeds.map(({ pairs }) => pairs.length))
  const inTurn = Array.from({ length: most }, (_, at) =>
    leaf.seeds.flatMap(({ context, pairs }) => (pairs[at] ? [{ context, ...pairs[at] }] : [])),
  ).flat()
  return inTurn.slice(0, params.probe).map(({ context, question, answer }) => ({
    question: question.trim(),
    reference: answer.trim(),
    context: leaf.kind === 'knowledge' ? '' : context.trim(),
    ...{ topic: topicOf(leaf.path), task: aboutOf(leaf) },
  }))
}

function aboutOf({ taskDescription, domain }: TaxonomyLeaf): string {
  return taskDescription || domain
}

function proposalOf(row: PipelineRow, { question, context }: Record<keyof Probe, SlotValue>): Proposal {
  const { fields, verdicts, call, index } = row
  const { answer } = fields
  const found = verdicts.find(({ critic }) => critic === probeCritic)
  return {
    fields: { question, ...(answer !== undefined && { answer }), ...(context && { context }) } as Record<
      string,
      string
    >,
    verdicts: found ? [finding(found)] : verdicts,
    index,
    ...(call !== undefined && { call }),
  }
}

function finding(verdict: Verdict): Verdict {
  const known = verdict.score === 1
  const reason = `a seed question asked unseen, and ${known ? 'answered as the seed has it' : 'not answered as the seed has it'} (${verdict.reason})`
  return { ...verdict, pass: false, reason }
}
