/** The leaves that a project's runs grew, as they were when the runs were created. */
import { type LeafMaterial, taxonomyMaterial } from '../../generators/taxonomy/taxonomy-material.ts'
import { CultivarError } from '../../model/error.ts'
import type { RunRow } from '../../model/run.ts'
import type { Workspace } from '../workspace.ts'

/**
 * By path, in order; of a leaf that several runs grew, what the newest had. With `run`, those of that run alone.
 * Throws CultivarError `bad-input` where no taxonomy was grown.
 */
export async function frozenLeaves(
  workspace: Workspace,
  project: string,
  run: RunRow | undefined,
): Promise<LeafMaterial[]> {
  const runs = run ? [run] : await workspace.store.listRuns(project)
  const leaves = new Map<string, LeafMaterial>()
  // Newest first: what is there already is newer.
  for (const { snapshot } of runs.filter(isOfTaxonomy)) {
    for (const [path, material] of Object.entries(taxonomyMaterial(snapshot.material).leaves)) {
      if (!leaves.has(path)) leaves.set(path, material)
    }
  }
  if (leaves.size === 0) {
    throw new CultivarError(
      'bad-input',
      run ? `Run ${run.id} grew no taxonomy.` : `No run of “${project}” grew a taxonomy.`,
      'Grow one: cultivar taxonomy grow DIR. Other records are written with “cultivar records export”.',
    )
  }
  return [...leaves.values()].sort((a, b) => (a.leaf.path < b.leaf.path ? -1 : 1))
}

function isOfTaxonomy({ snapshot: { recipe, material } }: RunRow): boolean {
  return recipe.generator === 'taxonomy' && material !== null && typeof material === 'object' && 'leaves' in material
}
