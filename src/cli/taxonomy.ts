/** `cultivar taxonomy`: a tree of qna.yaml files, as InstructLab has it. */
import type { Command } from 'commander'
import { addTaxonomyCheck } from './taxonomy-check.ts'
import { addTaxonomyExport } from './taxonomy-export.ts'
import { addTaxonomyGrow } from './taxonomy-grow.ts'
import { addTaxonomyTree } from './taxonomy-tree.ts'

export function addTaxonomy(program: Command): void {
  const taxonomy = program.command('taxonomy').description('check, show and grow a taxonomy of qna.yaml files')
  addTaxonomyCheck(taxonomy)
  addTaxonomyTree(taxonomy)
  addTaxonomyGrow(taxonomy)
  addTaxonomyExport(taxonomy)
}
