/** The requests of a pipeline's stages, and for how many rows they ask. */
import type { AskRequest } from '../../engine/define.ts'
import type { JudgeStage, Pipeline, SlotValue, WriteStage } from './pipeline.ts'
import { renderPrompt } from './pipeline-prompt.ts'
import { fieldsForm, fieldsSchema, gradeForm, gradeSchema } from './pipeline-reply.ts'

export interface Prompting {
  slots: Record<string, SlotValue>
  /** Rows asked for, of a stage that writes many. */
  count?: number
}

export function writeRequest(stage: WriteStage, { slots, count }: Prompting): AskRequest<unknown> {
  const { prompt, role, once, temperature, maxOutputTokens } = stage
  return {
    prompt: prompt.id,
    role,
    messages: renderPrompt(prompt, count === undefined ? slots : { ...slots, count }, fieldsForm(stage)),
    schema: fieldsSchema(stage),
    maxOutputTokens,
    ...(once && { once }),
    ...(temperature !== undefined && { temperature }),
  }
}

export function judgeRequest(stage: JudgeStage, { slots }: Prompting): AskRequest<unknown> {
  const { prompt, role, temperature, maxOutputTokens } = stage
  return {
    prompt: prompt.id,
    role,
    messages: renderPrompt(prompt, slots, gradeForm(stage)),
    schema: gradeSchema(stage),
    maxOutputTokens,
    ...(temperature !== undefined && { temperature }),
  }
}

/** Rows that one reply of the stage at this place is asked for: its own `count`, or what it takes beside the other stages' factors. */
export function rowsAsked({ stages }: Pick<Pipeline, 'stages'>, at: number, asks: number): number {
  const stage = stages[at]!
  if ('write' in stage && stage.count !== undefined) return stage.count
  const others = stages.filter((_, place) => place !== at).reduce((product, each) => product * rowsEach(each), 1)
  return Math.max(1, Math.ceil(asks / others))
}

/** Rows that come out of a stage for each that goes in, as far as the pipeline says. */
function rowsEach(stage: Pipeline['stages'][number]): number {
  if ('vary' in stage) return Object.keys(stage.from).length
  return 'write' in stage && stage.many ? (stage.count ?? 1) : 1
}
