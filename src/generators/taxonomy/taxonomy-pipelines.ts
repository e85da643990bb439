/** The pipelines that leaves are grown with: built-in ones or a user's, with the lowest grades that a recipe asks for. */
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { LeafKind } from '../../taxonomy/leaf.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { highestGrade } from '../pipeline/pipeline-reply.ts'
import { builtInPipeline, readPipeline } from '../pipeline/read-pipeline.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'
import { slotNames } from './taxonomy-slots.ts'

const kinds = ['freeform', 'grounded', 'knowledge'] as const satisfies LeafKind[]
const suffixes: Record<TaxonomyParams['variants'], string> = { spellcheck: '', summaries: '-summaries', none: '-plain' }

export const probePipeline = 'instructlab-probe/probe'

/** `id@version` of the prompts of all that is built in. */
export function builtInPrompts(): string[] {
  const full = [...kinds, ...Object.values(suffixes).map(suffix => `knowledge${suffix}`)]
  const names = [...full.map(name => `instructlab-full/${name}`), ...kinds.map(kind => `instructlab-simple/${kind}`)]
  const prompts = [...names, probePipeline].flatMap(name =>
    builtInPipeline(name).stages.flatMap(stage => ('prompt' in stage ? [stage.prompt.id] : [])),
  )
  return [...new Set(prompts)]
}

/**
 * The pipeline of each kind of leaf that there is.
 *
 * @throws CultivarError `bad-recipe` for one that cannot be used, or grades for a judge that none of them has.
 */
export async function choosePipelines(
  { params, readText }: Pick<PlanContext<TaxonomyParams>, 'params' | 'readText'>,
  needed: ReadonlySet<LeafKind>,
): Promise<{ name: (kind: LeafKind) => string; pipelines: Record<string, Pipeline> }> {
  const pipelines: Record<string, Pipeline> = {}
  const name = (kind: LeafKind) => pipelineName(kind, params)
  for (const kind of kinds.filter(kind => needed.has(kind))) {
    const chosen = name(kind)
    const read = isBuiltIn(params.pipeline) ? builtInPipeline(chosen) : await readPipeline(chosen, readText)
    requireKnownSlots(chosen, read)
    pipelines[chosen] = withGrades(read, params.keep)
  }
  requireJudges(params.keep, Object.values(pipelines))
  return { name, pipelines }
}

function isBuiltIn(pipeline: string): boolean {
  return pipeline === 'full' || pipeline === 'simple'
}

function pipelineName(kind: LeafKind, { pipeline, variants }: TaxonomyParams): string {
  if (/\.ya?ml$/i.test(pipeline)) return pipeline
  if (!isBuiltIn(pipeline)) return `${pipeline.replace(/\/+$/, '')}/${kind}.yaml`
  return `instructlab-${pipeline}/${kind}${pipeline === 'full' && kind === 'knowledge' ? suffixes[variants] : ''}`
}

function requireKnownSlots(file: string, { slots }: Pipeline): void {
  const unknown = slots.find(slot => !slotNames.includes(slot))
  if (unknown === undefined) return
  throw new CultivarError(
    'bad-recipe',
    `${file} wants the slot “${unknown}”, which generator “taxonomy” does not give.`,
    `It gives ${slotNames.join(', ')}.`,
  )
}

function withGrades(pipeline: Pipeline, keep: TaxonomyParams['keep']): Pipeline {
  const stages = pipeline.stages.map(stage => {
    const wanted = 'judge' in stage ? keep[stage.judge] : undefined
    if (!('judge' in stage) || wanted === undefined) return stage
    const highest = highestGrade(stage)
    if (wanted <= highest) return { ...stage, keep: wanted }
    throw new CultivarError(
      'bad-recipe',
      `\`keep\` wants grade ${wanted} of stage “${stage.judge}”, which gives ${highest} at most: nothing would be kept.`,
      `Give it ${highest} or less.`,
    )
  })
  return { ...pipeline, stages }
}

function requireJudges(keep: TaxonomyParams['keep'], pipelines: readonly Pipeline[]): void {
  const judges = new Set(
    pipelines.flatMap(({ stages }) => stages.flatMap(stage => ('judge' in stage ? [stage.judge] : []))),
  )
  const unknown = Object.keys(keep).find(stage => !judges.has(stage))
  if (unknown === undefined) return
  throw new CultivarError(
    'bad-recipe',
    `\`keep\` names the stage “${unknown}”, and no judge of these leaves’ pipelines is called so.`,
    judges.size === 0 ? 'This pipeline has no judges.' : `There are ${[...judges].join(', ')}.`,
  )
}
