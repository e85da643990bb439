/** The generator `taxonomy`: judged questions and answers for every leaf of an InstructLab taxonomy. */
import type { Generator } from '../engine/define.ts'
import { previewLeaf, proposeLeaf } from './taxonomy/propose-leaf.ts'
import { type TaxonomyParams, taxonomyParams } from './taxonomy/taxonomy-params.ts'
import { builtInPrompts } from './taxonomy/taxonomy-pipelines.ts'

export const taxonomy: Generator<TaxonomyParams> = {
  kind: 'taxonomy',
  summary: 'Grows skills and knowledge from a taxonomy of qna.yaml files, each question and answer judged',
  version: 1,
  params: taxonomyParams,
  usesModel: true,
  usesCritic: true,
  usesFeedback: false,
  // Read from their files when somebody asks, not whenever Cultivar starts.
  get prompts() {
    return builtInPrompts()
  },
  critics: ({ languages }) => [
    // “Rewrite this text” is a new request wherever the text is another one.
    { kind: 'unique', fields: ['question'], per: 'context' },
    // What a document says is quoted as it stands.
    { kind: 'privacy', names: 'none', fields: ['question', 'answer'] },
    // Of skills: the plan gives no seeds of knowledge, whose answers have the shape of what the passage says.
    { kind: 'shape' },
    ...(languages.length > 0 ? [{ kind: 'language', languages, fields: ['question', 'answer'] }] : []),
  ],
  // Planning cuts documents, and what it cuts them with takes long to load.
  plan: async context => (await import('./taxonomy/plan-taxonomy.ts')).planTaxonomy(context),
  propose: proposeLeaf,
  preview: previewLeaf,
}
