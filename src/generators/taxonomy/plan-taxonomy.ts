/** Plans a run of `taxonomy`: leaves, passages and pipelines, and what had to be left out. */
import type { Plan, PlanContext, Seeds, Sources } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Project } from '../../model/project.ts'
import type { LeafKind, TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { builtInPipeline } from '../pipeline/read-pipeline.ts'
import { faultOf, findLeaves, leftOutLine } from './find-leaves.ts'
import { leafPassages } from './leaf-passages.ts'
import { requireSources } from './require-sources.ts'
import { frozen, type LeafMaterial, type Passage } from './taxonomy-material.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'
import { choosePipelines, probePipeline } from './taxonomy-pipelines.ts'

/** As InstructLab's skills have it. */
const recordsALeaf = 30
/** Leaves left out that a message lists. */
const mostListed = 5

interface GrowableLeaf {
  leaf: TaxonomyLeaf
  passages: Passage[]
}

/**
 * Each leaf is a cell. One that is malformed, or whose documents cannot be had, is named in the notes.
 *
 * @throws CultivarError if no leaf can be grown, or a pipeline cannot be used.
 */
export async function planTaxonomy(context: PlanContext<TaxonomyParams>): Promise<Plan> {
  const { params, random, project } = context
  requireRecords(project)
  const found = await findLeaves(context)
  const { growable, notes, leftOut } = await withPassages(found.leaves, params, requireSources(context.sources))
  const allLeftOut = [...found.leftOut, ...leftOut]
  if (growable.length === 0) throw nothingToGrow(allLeftOut)
  const { name, pipelines } = await choosePipelines(context, new Set(growable.map(({ leaf }) => leaf.kind)))
  const leaves = growable.map(({ leaf, passages }): [string, LeafMaterial] => [
    leaf.path,
    { leaf, passages, pipeline: name(leaf.kind) },
  ])
  return {
    cells: leaves.map(([path]) => path),
    material: frozen({
      leaves: Object.fromEntries(leaves),
      pipelines,
      ...(params.probe > 0 && { probe: builtInPipeline(probePipeline) }),
      rotation: String(random.fork('rotation').uint32()),
    }),
    perUnit: params.perCall,
    defaultTarget: recordsALeaf,
    seeds: seedsOf(growable),
    notes: [...allLeftOut, countedKinds(growable), ...notes],
  }
}

function requireRecords({ name, kind }: Project): void {
  if (kind === 'records') return
  throw new CultivarError(
    'bad-recipe',
    `Project “${name}” is of the kind ${kind}; questions and answers need one of records.`,
    'Make one (cultivar projects create NAME --kind records) and name it as `project`.',
  )
}

async function withPassages(leaves: TaxonomyLeaf[], params: TaxonomyParams, sources: Sources) {
  const growable: GrowableLeaf[] = []
  const notes: string[] = []
  const leftOut: string[] = []
  const needsFiles = params.documents !== undefined && leaves.some(({ kind }) => kind === 'knowledge')
  const localFiles = needsFiles ? await sources.listFiles(params.documents!) : []
  for (const leaf of leaves) {
    const read = await leafPassages(leaf, params, sources, localFiles).catch(faultOf)
    if (read instanceof CultivarError)
      leftOut.push(leftOutLine(leaf.path, `${read.message.replace(/[.!?]?$/, '.')} ${read.hint}`.trim()))
    else {
      growable.push({ leaf, passages: read.passages })
      notes.push(...read.notes)
    }
  }
  return { growable, notes, leftOut }
}

/** Of skills. */
function seedsOf(leaves: readonly GrowableLeaf[]): Seeds {
  const skills = leaves.filter(({ leaf }) => leaf.kind !== 'knowledge')
  return Object.fromEntries(
    skills.map(({ leaf }) => [
      leaf.path,
      leaf.seeds.flatMap(({ context, pairs }) =>
        pairs.map(({ question, answer }) => ({ question, answer, ...(context && { context }) })),
      ),
    ]),
  )
}

function countedKinds(leaves: readonly GrowableLeaf[]): string {
  const words: Record<LeafKind, string> = {
    freeform: 'free-form skill',
    grounded: 'grounded skill',
    knowledge: 'knowledge',
  }
  const counts = Object.entries(words).flatMap(([kind, word]) => {
    const count = leaves.filter(({ leaf }) => leaf.kind === kind).length
    return count === 0 ? [] : [`${count} of ${word}`]
  })
  return `${leaves.length} ${leaves.length === 1 ? 'leaf' : 'leaves'}: ${counts.join(', ')}.`
}

function nothingToGrow(leftOut: readonly string[]): CultivarError {
  const more = leftOut.length > mostListed ? [`and ${leftOut.length - mostListed} more`] : []
  return new CultivarError(
    'bad-file',
    `No leaf of the taxonomy can be grown. ${[...leftOut.slice(0, mostListed), ...more].join(' ')}`,
    'Mend them (cultivar taxonomy check), or give their documents in a folder as `documents`.',
    { leftOut },
  )
}
