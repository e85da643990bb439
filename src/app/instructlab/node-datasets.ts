/** What is trained on, leaf by leaf, and the recipes that say how much of each. */
import type { LeafMaterial } from '../../generators/taxonomy/taxonomy-material.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { mapped, mixedRows, plainRows, readGenerated, type WriteRows } from './leaf-files.ts'
import { nodePath } from './leaf-names.ts'
import type { RecipeEntry } from './recipe-text.ts'
import { skillRow } from './training-rows.ts'

/** A leaf with the file of its generated rows. */
export interface GrownLeaf {
  file: string
  material: LeafMaterial
}

export interface NodeOptions {
  date: string
  systemPrompt: string
  mixing: 'balanced' | 'instructlab'
  /** Rows that the recipe of skills had before. */
  skillsBefore: number
}

/** Rows of a skill that InstructLab draws. */
const drawnOfSkill = 30
/** Smallest size of a knowledge leaf in the mix of skills, as a share of the skills that were there before. */
const leastShare = 0.03

/** Paths of the entries start from the folder that is written to. */
export async function writeNodeDatasets(
  write: WriteRows,
  leaves: GrownLeaf[],
  options: NodeOptions,
): Promise<{ knowledge: RecipeEntry[]; skills: RecipeEntry[] }> {
  const recipes: Awaited<ReturnType<typeof writeNodeDatasets>> = { knowledge: [], skills: [] }
  for (const { file, material } of leaves) {
    const { path, kind } = material.leaf
    const name = `node_datasets_${options.date}/${nodePath(path)}`
    if (kind !== 'knowledge') {
      const rows = mapped(readGenerated(file), row => skillRow(row, options.systemPrompt))
      await write(`${name}.jsonl`, rows)
      const size = options.mixing === 'instructlab' ? { count: drawnOfSkill } : { ratio: 1 }
      recipes.skills.push({ path: `${name}.jsonl`, sampling_size: size })
      continue
    }
    const random = randomStream('instructlab').fork(path)
    await write(`${name}_p07.jsonl`, plainRows(file, random))
    recipes.knowledge.push({ path: `${name}_p07.jsonl`, sampling_size: { ratio: 1 } })
    const count = await write(`${name}_p10.jsonl`, mixedRows(file, random))
    const least = leastShare * options.skillsBefore
    const size = count < least ? { count: Math.trunc(least) } : { ratio: 1 }
    recipes.skills.push({ path: `${name}_p10.jsonl`, sampling_size: size })
  }
  return recipes
}
