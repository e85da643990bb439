/** What a recipe says to `taxonomy`: the tree, which of its leaves, how they are grown, and where documents are. */
import { z } from 'zod'

export const taxonomyParams = z.strictObject({
  taxonomy: z
    .string()
    .trim()
    .min(1)
    .default('.')
    .describe('Folder that holds compositional_skills/ and knowledge/ with their qna.yaml files'),
  pipeline: z
    .string()
    .trim()
    .min(1)
    .default('full')
    .describe(
      'full: questions, answers and knowledge judged between the stages; simple: one call and no judge; or a pipeline file (.yaml) for all leaves, or a folder with freeform.yaml, grounded.yaml and knowledge.yaml',
    ),
  variants: z
    .enum(['spellcheck', 'summaries', 'none'])
    .default('spellcheck')
    .describe(
      'Texts that `full` grows knowledge from besides each passage: the passage with its slips mended; a detailed summary, an extractive one and its facts one by one; or none',
    ),
  leaves: z
    .array(z.string().min(1))
    .default([])
    .describe('Globs of leaf paths, as in [compositional_skills/**, knowledge/science/**]; none: all leaves'),
  since: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe('Git reference: only leaves whose qna.yaml changed since the branch left it, or is new'),
  foundational: z.boolean().default(false).describe('Grow foundational_skills/ too, which InstructLab does not'),
  documents: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      'Folder with the documents, instead of fetching them: those in LEAF PATH/, else those that match the leaf’s patterns in REPOSITORY NAME/, else in the folder itself',
    ),
  chunkTokens: z.int().min(50).max(8000).default(500).describe('Longest passage of a document, in tokens'),
  overlapTokens: z.int().min(0).max(2000).default(0).describe('What a passage repeats of the one before, in tokens'),
  perCall: z
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('Records that one unit asks for; the target says how many in all'),
  perPassage: z
    .int()
    .min(1)
    .max(50)
    .default(4)
    .describe('Records of those that are asked of one passage; the unit goes on with the next ones'),
  probe: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe(
      'Seed questions of each leaf that the teacher answers without having seen them, to tell which leaves it masters already; 0: none',
    ),
  languages: z
    .array(z.string().min(2))
    .default([])
    .describe('Languages to write in, in turn, as [de, fr]; none: that of the examples'),
  keep: z
    .record(z.string(), z.number())
    .default({})
    .describe('Lowest grade kept by a judge of the pipeline, by the name of its stage, as in { pair-check: 3 }'),
})
export type TaxonomyParams = z.infer<typeof taxonomyParams>
