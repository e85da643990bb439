/** One unit of questions about a document: each order put to its pipeline, and what came back. */

import type { Ask, PreviewedRequest, UnitContext } from '../../engine/define.ts'
import { UnitFault } from '../../engine/run-stop.ts'
import { languageName } from '../../text/language-name.ts'
import { previewPipeline } from '../pipeline/preview-pipeline.ts'
import { type PipelineRow, type PipelineStart, runPipeline } from '../pipeline/run-pipeline.ts'
import type { Passage } from './passages.ts'
import { qaMaterial } from './qa-material.ts'
import { type Order, ordersOf } from './qa-orders.ts'
import type { givenSlots } from './qa-pipelines.ts'
import type { SourceParams } from './source-params.ts'

export interface AskedRow {
  order: Order
  row: PipelineRow
}

type Mix = readonly string[] | Record<string, number>

/** An order of which no reply can be read costs the others nothing; where it is the only one, the unit fails. */
export async function askQuestions(context: UnitContext<SourceParams> & { ask: Ask }, types: Mix): Promise<AskedRow[]> {
  const { pipelines } = qaMaterial(context.material)
  const orders = ordersOf(context, types)
  // All of them, even if one throws: which one is told must not hang on timing.
  const ends = await Promise.allSettled(
    orders.map(order => runPipeline(pipelines[order.type]!, startOf(order, context), within(order, context.ask))),
  )
  const isLost = (reason: unknown) => reason instanceof UnitFault && reason.code !== 'gave-up'
  return ends.flatMap((end, place): AskedRow[] => {
    const order = orders[place]!
    if (end.status === 'fulfilled') return end.value.map(row => ({ order, row }))
    if (!isLost(end.reason) || ends.every(({ status }) => status === 'rejected')) throw end.reason
    const verdicts = [{ critic: 'valid', pass: false, reason: `no usable reply: ${(end.reason as Error).message}` }]
    return [{ order, row: { fields: {}, verdicts, index: 0 } }]
  })
}

/** What the unit would ask, one request a stage of each order. */
export function previewQuestions(
  context: UnitContext<SourceParams>,
  types: Mix,
  standIns: Record<string, string>,
): PreviewedRequest[] {
  const { pipelines } = qaMaterial(context.material)
  return ordersOf(context, types).flatMap(order =>
    previewPipeline(pipelines[order.type]!, startOf(order, context), standIns),
  )
}

/** The same door, where the names of questions are told apart by order. */
export function within({ name }: Order, ask: Ask): Ask {
  return request => ask({ ...request, place: `${name}: ${request.place}` })
}

export function passageText({ document: { markdown } }: Order, { start, end }: Passage): string {
  return markdown.slice(start, end)
}

/** Where a passage stands, as people would say it: the document's title and the headings above; empty if it has none. */
export function placeOf({ document: { title } }: Order, { headings }: Passage): string {
  return [...new Set([title, ...headings])].filter(part => part !== '').join(' › ')
}

function startOf(order: Order, { params, project, feedback }: UnitContext<SourceParams>): PipelineStart {
  const { passage, second, language, difficulty, asks } = order
  const told = [...feedback.kept, ...feedback.disliked].map(text => text.split('\n'))
  // Which line of a record's text is the question, only its form tells.
  const asked = told.map(lines => lines.findLast(line => /[?？؟]["”»’]?$/.test(line)) ?? lines.join(' '))
  const wishes = [project.instructions.trim(), params.instructions].filter(wish => wish !== '').join('\n')
  const slots: Record<(typeof givenSlots)[number], string> = {
    place: placeOf(order, passage),
    context: passageText(order, passage),
    second_place: second ? placeOf(order, second) : '',
    second_context: second ? passageText(order, second) : '',
    asked: asked.map(question => `- ${question}`).join('\n'),
    language: languageName(language),
    difficulty: difficulty === '' ? 'as the passage offers it' : difficulty,
    wishes,
  }
  return { slots, seeds: told.flat(), asks }
}
