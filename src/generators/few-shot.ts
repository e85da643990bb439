/** The generator `few-shot`: texts grown from examples, in the mode that the recipe chooses. */
import { type Proposal, promptGenerator } from '../engine/define.ts'
import { fewShotPrompt } from './few-shot/few-shot.prompt.ts'
import { boundaryPrompt } from './few-shot/few-shot-boundary.prompt.ts'
import { boundary } from './few-shot/few-shot-boundary.ts'
import type { FewShotMode, FewShotUnit } from './few-shot/few-shot-mode.ts'
import { more } from './few-shot/few-shot-more.ts'
import { type FewShotParams, fewShotParams } from './few-shot/few-shot-params.ts'
import { wrongPrompt } from './few-shot/few-shot-wrong.prompt.ts'
import { wrong } from './few-shot/few-shot-wrong.ts'
import { readItems, rejectCopies } from './reply-items.ts'

const modes: Record<FewShotParams['mode'], FewShotMode> = { more, boundary, wrong }

export const fewShot = promptGenerator({
  kind: 'few-shot',
  summary:
    'Grows labels from examples: more like them, along the boundary of two labels, or like what a model got wrong',
  params: fewShotParams,
  prompts: [fewShotPrompt.id, boundaryPrompt.id, wrongPrompt.id],
  usesFeedback: true,
  // On which side of a boundary a text is, is too easily got wrong to take the teacher's word for it.
  critics: ({ mode, between = [] }) => (mode === 'boundary' ? [{ kind: 'label', labels: between }] : []),
  units: context => modes[context.params.mode].plan(context),
  prompt: unit => modes[unit.params.mode].prompt(unit),
  parse,
})

function parse(reply: { texts: unknown[] }, unit: FewShotUnit, truncated: boolean): Proposal[] {
  const { params, cell, asks, feedback } = unit
  const mode = modes[params.mode]
  const shown = mode.shown(unit)
  const shared = { cell, labels: [cell], seeds: shown.flatMap(({ id }) => id ?? []) }
  const proposals = readItems(reply.texts, asks, truncated).map(({ text, reject }) => ({
    ...shared,
    fields: { ...mode.fields?.(unit), [params.text]: text },
    ...(reject ? { reject } : {}),
  }))
  const known = shown.map(({ text }) => text)
  return rejectCopies(proposals, params.text, [...known, ...params.differentFrom, ...feedback.disliked])
}
