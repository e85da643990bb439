/** What hand-made panels show while parameters are chosen: what a generator would take and make. Nothing is sent to a model. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const count = z.int().nonnegative()
const project = z.object({ project: z.string() })
const span = z.object({ field: z.string(), start: z.int(), end: z.int(), label: z.string() })
/** A generator’s parameters as they are in the recipe so far. */
const written = z.record(z.string(), z.json())
const grown = z.object({
  params: written,
  seed: z.int().nonnegative().default(0).describe('The recipe’s'),
})

const shownText = z.object({
  id: z.string().nullable().describe('Its record; null for a text of the recipe'),
  text: z.string(),
  labels: z.array(z.string()),
  predicted: z.string().optional().describe('Mode wrong: what the model said'),
})
export type ShownText = z.infer<typeof shownText>

const examplesPreview = z.object({
  cells: z.array(
    z.object({
      label: z.string(),
      examples: z.array(shownText).describe('Chosen in the parameters'),
      like: z.array(shownText).describe('Found beside them, the nearest first'),
      unlike: z.array(shownText).describe('Found of other labels, the nearest first'),
    }),
  ),
  notes: z.array(z.string()),
})
export type ExamplesPreview = z.infer<typeof examplesPreview>

const templatesPreview = z.object({
  cells: z
    .array(
      z.object({
        cell: z.string(),
        text: z.string().optional().describe('Of a template that is a cell of its own'),
        mined: z.boolean(),
        expected: count,
        possible: z.number().describe('At most so many are new; beyond the reach of whole numbers, about so many'),
      }),
    )
    .describe('Templates, or labels where templates share them'),
  expected: count.describe('Records that the parameters ask for; 0 where the target says how many'),
  possible: z.number(),
  slots: z.array(
    z.object({
      slot: z.string(),
      label: z.string().nullable().describe('Entity type that its values are marked as'),
      given: count.describe('Values of the recipe'),
      found: count.describe('Values of the project'),
      values: z.array(z.string()).describe('The first of them'),
    }),
  ),
  samples: z.array(
    z.object({
      cell: z.string(),
      fields: z.record(z.string(), z.json()),
      labels: z.array(z.string()),
      spans: z.array(span),
    }),
  ),
  notes: z.array(z.string()),
})
export type TemplatesPreview = z.infer<typeof templatesPreview>

const leafProblem = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  line: z.number(),
  message: z.string(),
  repair: z.string(),
})
const taxonomyTree = z.object({
  folder: z.string(),
  leaves: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['freeform', 'grounded', 'knowledge']).optional().describe('Absent where the file is not sound'),
      seeds: count,
      pairs: count,
      kept: count.describe('Records of the project that are of this leaf and that nobody rejected'),
      problems: z.array(leafProblem),
    }),
  ),
  foundational: z.array(z.string()).describe('Leaves that InstructLab does not read, and neither do we unless asked'),
})
export type TaxonomyShown = z.infer<typeof taxonomyTree>

const leafShown = z.object({
  path: z.string(),
  file: z.string().describe('From the workspace’s folder'),
  taskDescription: z.string(),
  seeds: z.array(
    z.object({ context: z.string(), pairs: z.array(z.object({ question: z.string(), answer: z.string() })) }),
  ),
})

const augmentationPreview = z.object({
  records: count.describe('That may be changed'),
  tests: z.array(
    z.object({
      test: z.string(),
      requested: count,
      possible: count.describe('Texts that it changes into new ones'),
      making: count,
      sample: z.object({ before: z.string(), after: z.string() }).optional(),
    }),
  ),
  making: count,
  notes: z.array(z.string()),
})
export type AugmentationPreview = z.infer<typeof augmentationPreview>

const testResult = z.object({
  test: z.string(),
  category: z.string(),
  passRate: z.number().nullable(),
  minimum: z.number(),
  pass: z.boolean().nullable(),
  chain: z.array(z.string()).describe('Perturbations; empty where no rule changes texts that way'),
  requested: count.describe('Records that augmenting by its result asks for'),
  proportion: z.number().describe('Those as a share of the records; 0 where it passed'),
})
const trialAugmentation = z.object({
  trial: z.string(),
  suite: z.string(),
  target: z.string().nullable(),
  createdMs: z.number(),
  records: count.describe('That may be changed: none of those tested on'),
  results: z.array(testResult),
  params: written.describe('Parameters of the generator augment for the tests that failed'),
  notes: z.array(z.string()),
})
export type TrialAugmentation = z.infer<typeof trialAugmentation>

const originals = z.object({
  run: z.string(),
  made: count.describe('Records that the run made'),
  inplace: count.describe('Originals that these were made of, and that are still there'),
  transformed: count
    .nullable()
    .describe('All originals that are still there; null where it is not known which of the others are tested on'),
})

export const previewEndpoints = {
  previewExamples: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/previews/examples',
    summary: 'The examples that few-shot would show a teacher: similar ones, and close ones of other labels',
    role: 'reviewer',
    params: project,
    body: grown,
    out: examplesPreview,
    errors: ['not-found', 'bad-recipe', 'bad-file'],
  }),
  storePredictions: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/predictions',
    summary: 'Stores an uploaded table of predictions in the workspace; gives the path that recipes name it by',
    role: 'editor',
    params: project,
    body: z.object({ upload: z.string() }),
    out: z.object({ path: z.string(), predictions: count }),
    errors: ['not-found', 'bad-file'],
  }),
  previewTemplates: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/previews/templates',
    summary: 'What templates would make: how many records, where values come from, a few of them filled',
    role: 'reviewer',
    params: project,
    body: grown.extend({ generator: z.enum(['template', 'templatic']) }),
    out: templatesPreview,
    errors: ['not-found', 'bad-recipe'],
  }),
  listTaxonomies: defineEndpoint({
    method: 'GET',
    path: '/taxonomies',
    summary: 'Folders of the workspace that hold a taxonomy',
    role: 'reviewer',
    out: z.array(z.object({ folder: z.string(), leaves: count })),
  }),
  showTaxonomy: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/taxonomy',
    summary: 'The leaves of a taxonomy with what is wrong with each, and how many records each has',
    role: 'reviewer',
    params: project,
    query: z.object({
      folder: z.string().describe('One that listTaxonomies gives'),
      foundational: z.stringbool().default(false),
    }),
    out: taxonomyTree,
    errors: ['not-found'],
  }),
  showLeaf: defineEndpoint({
    method: 'GET',
    path: '/taxonomies/leaf',
    summary: 'The seed examples of a leaf, and where its file is',
    role: 'reviewer',
    query: z.object({ folder: z.string().describe('One that listTaxonomies gives'), path: z.string() }),
    out: leafShown,
    errors: ['not-found', 'bad-file'],
  }),
  previewAugmentation: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/previews/augmentation',
    summary: 'How many records each test asks for and can make, with one of them',
    role: 'reviewer',
    params: project,
    body: grown,
    out: augmentationPreview,
    errors: ['not-found', 'bad-recipe', 'bad-file'],
  }),
  augmentationOfTrial: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/augmentations/trials/{trial}',
    summary:
      'Parameters that augment what failed in a trial; the records tested on are written down as those to leave out',
    role: 'editor',
    params: project.extend({ trial: z.string() }),
    body: z.object({
      maxProportion: z
        .number()
        .min(0)
        .max(10)
        .default(0.5)
        .describe('Most new records of all tests together, as a share'),
    }),
    out: trialAugmentation,
    errors: ['not-found', 'bad-input'],
  }),
  showOriginals: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/augmentations/{run}',
    summary: 'How many originals could be set aside after an augmenting run',
    role: 'reviewer',
    params: project.extend({ run: z.string() }),
    out: originals,
    errors: ['not-found'],
  }),
  setOriginalsAside: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/augmentations/{run}/originals',
    summary: 'Lets what a run made take the place of its originals, or of all: these are rejected, which can be undone',
    role: 'editor',
    params: project.extend({ run: z.string() }),
    body: z.object({ mode: z.enum(['inplace', 'transformed']) }),
    out: z.object({ setAside: count, decisions: count.describe('How many, to undo them') }),
    errors: ['not-found'],
  }),
}
