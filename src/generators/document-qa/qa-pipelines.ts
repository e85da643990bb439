/** The pipelines of questions about documents: which one a type has, and what parameters change in it. */
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Pipeline, WriteStage } from '../pipeline/pipeline.ts'
import { builtInPipeline, readPipeline } from '../pipeline/read-pipeline.ts'
import type { SourceParams } from './source-params.ts'

/** What a pipeline may use; one that uses a second passage is given two that belong together. */
export const givenSlots = [
  'place',
  'context',
  'second_place',
  'second_context',
  'asked',
  'language',
  'difficulty',
  'wishes',
] as const

/** Tokens that a question with its answer and quote takes in a reply, with room to spare. */
const tokensEach = 250

/**
 * The pipeline of each type: the built-in one that `types` names, or the user's own in the place of all. `needed` are the fields that
 * it must write.
 *
 * @throws CultivarError `bad-recipe` for one that wants what nobody gives or lacks what is needed, and what reading throws.
 */
export async function pipelinesOf(
  { params, readText }: Pick<PlanContext<SourceParams>, 'params' | 'readText'>,
  types: Record<string, string>,
  needed: readonly string[],
): Promise<Record<string, Pipeline>> {
  const { pipeline: path } = params
  const own = path === undefined ? undefined : await readPipeline(path, readText)
  if (own) requireFit(path!, own, needed)
  return Object.fromEntries(Object.entries(types).map(([type, name]) => [type, own ?? builtInPipeline(name)]))
}

function requireFit(path: string, { slots, stages }: Pipeline, needed: readonly string[]): void {
  const stray = slots.find(slot => !(givenSlots as readonly string[]).includes(slot))
  const written = stages.flatMap(stage =>
    'write' in stage ? Object.keys(stage.fields) : 'set' in stage ? Object.keys(stage.set) : [],
  )
  const lacking = needed.find(field => !written.includes(field))
  if (stray !== undefined) {
    throw new CultivarError(
      'bad-recipe',
      `${path}: it wants the slot ${stray}, which this generator does not give.`,
      `It gives ${givenSlots.join(', ')}.`,
    )
  }
  if (lacking !== undefined) {
    throw new CultivarError(
      'bad-recipe',
      `${path}: no stage writes the field ${lacking}.`,
      `This generator makes records of ${needed.join(', ')} and what else its pipeline writes.`,
    )
  }
}

export function isPaired({ slots }: Pipeline): boolean {
  return slots.includes('second_context')
}

/** With the temperature and the output limit of the parameters, and without judges where they are not wanted. */
export function adjusted(
  pipeline: Pipeline,
  { temperature, maxOutputTokens }: SourceParams,
  judged: boolean,
): Pipeline {
  const stages = pipeline.stages
    .filter(stage => judged || !('judge' in stage))
    .map(stage =>
      'write' in stage && stage.role === 'teacher'
        ? {
            ...stage,
            ...(temperature !== undefined && { temperature }),
            ...(maxOutputTokens !== undefined && { maxOutputTokens }),
          }
        : stage,
    )
  return { ...pipeline, stages }
}

/** Questions that one reply has room for, `perCall` at most. */
export function questionsAtOnce(pipelines: Pipeline[], { perCall, maxOutputTokens }: SourceParams): number {
  const limits = pipelines
    .flatMap(({ stages }) => stages)
    .filter((stage): stage is WriteStage => 'write' in stage && stage.many)
    .map(stage => maxOutputTokens ?? stage.maxOutputTokens)
  return Math.max(1, Math.min(perCall, ...limits.map(limit => Math.floor(limit / tokensEach))))
}

/** `id@version` of each prompt of built-in pipelines. */
export function promptsOf(names: string[]): string[] {
  const stages = names.flatMap(name => builtInPipeline(name).stages)
  return [...new Set(stages.flatMap(stage => ('prompt' in stage ? [stage.prompt.id] : [])))]
}
