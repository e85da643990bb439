/** `cultivar taxonomy`: a tree of qna.yaml files, as InstructLab has it. */
import type { Command } from 'commander'

export function addTaxonomy(program: Command): void {
  program.command('taxonomy').description('check, show and grow a taxonomy of qna.yaml files')
}
