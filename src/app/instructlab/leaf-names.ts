/** What InstructLab calls a leaf and its kind. */
import { CultivarError } from '../../model/error.ts'
import type { LeafKind, TaxonomyLeaf } from '../../taxonomy/leaf.ts'

const typeOf: Record<LeafKind, string> = {
  freeform: 'freeform_skill',
  grounded: 'grounded_skill',
  knowledge: 'knowledge',
}

/** Columns that each row of a leaf has. */
export function leafColumns({ path, kind }: TaxonomyLeaf) {
  return { leaf_node_type: typeOf[kind], leaf_node_path: nodePath(path), taxonomy_path: path.replaceAll('/', '->') }
}

/** The name of a leaf in file names: `compositional_skills_linguistics_synonyms`. */
export function nodePath(path: string): string {
  return path.replaceAll('/', '_')
}

/** Throws CultivarError `bad-input` where two leaves have the same file name, as `a/b_c` and `a_b/c` do. */
export function requireDistinctNames(leaves: TaxonomyLeaf[]): void {
  const paths = new Map<string, string>()
  for (const { path } of leaves) {
    const other = paths.get(nodePath(path))
    if (other !== undefined) {
      throw new CultivarError(
        'bad-input',
        `The leaves ${other} and ${path} would be written to the same file, ${nodePath(path)}.jsonl.`,
        'InstructLab’s file names join folders with underscores: rename a folder of one of them, and grow it again.',
      )
    }
    paths.set(nodePath(path), path)
  }
}
