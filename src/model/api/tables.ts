/** Tables over HTTP: learned from uploaded files, drawn, faults put in, compared; what comes out is kept as results to download. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { seed } from './figures.ts'
import { job } from './jobs.ts'

const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dots, dashes and underscores (at most 64)')
const columnName = z.string().min(1)
const upload = z.string().min(1).describe('What uploading the file gave')
const uploads = z.array(upload).min(1).max(20)
const texts = z.array(z.string().min(1)).max(200)

const series = z.object({ time: columnName, entity: columnName.nullable() })

const tableModel = z.object({
  name: z.string(),
  project: z.string(),
  shape: z.enum(['table', 'series', 'related']),
  source: z.string(),
  learnedFrom: z.record(z.string(), z.int()).describe('Rows by table'),
  synthesizer: z.string(),
  createdMs: z.number(),
  bytes: z.int(),
})
export type ShownTableModel = z.infer<typeof tableModel>

/** How files are to be read, where they do not say it themselves. */
const reading = z.strictObject({
  header: z.boolean().optional(),
  names: z.array(columnName).optional(),
  delimiter: z.string().length(1).optional(),
  decimal: z.enum(['.', ',']).optional(),
  unitRow: z.boolean().optional(),
  skipLines: z.int().min(0).max(10_000).optional(),
  dayFirst: z.boolean().optional(),
})

const shownRows = z.object({
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.string().nullable())).describe('As they are written; null where there is nothing'),
})
export type ShownTableRows = z.infer<typeof shownRows>

const resultKind = z.enum(['sample', 'injection', 'comparison', 'simulation'])

const verdict = z.object({
  headline: z.string(),
  findings: z.array(
    z.object({
      about: z.enum(['quality', 'usefulness', 'validity', 'privacy']),
      level: z.enum(['good', 'fair', 'poor']),
      text: z.string(),
    }),
  ),
  notMeasured: z.array(z.string()),
})

const tableResult = z.object({
  id: z.string(),
  kind: resultKind,
  project: z.string(),
  title: z.string(),
  model: z.string().nullable().describe('The model it was drawn from'),
  createdMs: z.number(),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  rows: z.record(z.string(), z.int()).describe('By table'),
  notes: z.array(z.string()),
  verdict: verdict.nullable(),
  quality: z.object({ score: z.number().nullable(), scoreOfAllPairs: z.number().nullable() }).nullable(),
})
export type ShownTableResult = z.infer<typeof tableResult>

const conditions = {
  rows: z.int().min(1).max(100_000_000).optional(),
  sizes: z.record(z.string(), z.int().min(0).max(100_000_000)).optional(),
  scale: z.number().positive().max(10_000).optional(),
  entities: z.int().min(1).max(10_000_000).optional(),
  where: z.string().min(1).optional().describe('An expression that every row fulfils'),
  balance: z
    .strictObject({ column: columnName, shares: z.record(z.string(), z.number().min(0).max(1)) })
    .optional()
    .describe('Values of a column that get a share of the rows'),
  seed,
}

const ofProject = z.object({ project: z.string() })
const ofModel = z.object({ project: z.string(), model: z.string() })
const ofResult = z.object({ result: z.string() })

export const tableEndpoints = {
  listTableModels: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/table-models',
    summary: 'Models of tables that were learned in a project, newest first',
    role: 'reviewer',
    params: ofProject,
    out: z.array(tableModel),
    errors: ['not-found'],
  }),
  peekTable: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/table-peeks',
    summary: 'What uploaded files are read as: columns, types, first rows, and whether they look like series',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({ uploads, reading: reading.default({}) }),
    out: z.array(shownRows.extend({ notes: z.array(z.string()), series: series.nullable() })),
    errors: ['not-found', 'bad-file'],
  }),
  fitTable: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/table-models',
    summary: 'Learns a table, a series or several tables from uploaded files; the result names the model',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      name: modelName,
      uploads,
      reading: reading.default({}),
      synthesizer: z.enum(['network', 'trees']).optional(),
      series: series.nullable().default(null),
      constraints: texts.default([]).describe('As on the command line: start <= end, unique(code)'),
      columns: texts.default([]).describe('As on the command line: zip=category'),
      keys: texts.default([]).describe('As on the command line: orders.customer=customers.id'),
      epsilon: z.number().positive().max(1000).optional(),
      mergeBelow: z.int().min(1).max(1_000_000).optional(),
      neverReemit: z.boolean().default(false),
      seed,
    }),
    out: job,
    errors: ['not-found', 'already-exists'],
  }),
  showTableModel: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/table-models/{model}',
    summary: 'What a model knows of each column, and what was found, chosen and left out',
    role: 'reviewer',
    params: ofModel,
    out: tableModel.extend({
      columns: z.array(
        z.object({
          table: z.string(),
          name: z.string(),
          type: z.string(),
          made: z.string().describe('How its values are made'),
        }),
      ),
      notes: z.array(z.string()),
    }),
    errors: ['not-found', 'bad-file'],
  }),
  removeTableModel: defineEndpoint({
    method: 'DELETE',
    path: '/projects/{project}/table-models/{model}',
    summary: 'Removes a model; what was drawn from it stays',
    role: 'editor',
    params: ofModel,
    errors: ['not-found'],
  }),
  previewTable: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/table-models/{model}/preview',
    summary: 'The first rows that a sample would have',
    role: 'reviewer',
    params: ofModel,
    body: z.strictObject({ ...conditions, rows: z.int().min(1).max(100).default(20) }),
    out: z.object({ tables: z.array(shownRows), notes: z.array(z.string()) }),
    errors: ['not-found', 'bad-file'],
  }),
  previewDeclaration: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/table-declarations/preview',
    summary: 'The first rows of tables as the parameters of the generator “table” declare them',
    role: 'reviewer',
    params: ofProject,
    body: z.strictObject({ params: z.record(z.string(), z.unknown()), seed }),
    out: z.object({ tables: z.array(shownRows), notes: z.array(z.string()) }),
    errors: ['not-found', 'bad-recipe'],
  }),
  sampleTable: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/table-models/{model}/samples',
    summary: 'Draws from a model into a file to download; the result names it',
    role: 'editor',
    params: ofModel,
    body: z.strictObject({
      ...conditions,
      format: z.enum(['csv', 'parquet', 'jsonl', 'sqlite']).default('csv').describe('Several tables go to sqlite'),
    }),
    out: job,
    errors: ['not-found', 'bad-file'],
  }),
  listFaultKinds: defineEndpoint({
    method: 'GET',
    path: '/fault-kinds',
    summary: 'Kinds of sensor faults that can be put into a table',
    role: 'reviewer',
    out: z.array(z.object({ kind: z.string(), summary: z.string() })),
  }),
  injectFaults: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/injections',
    summary: 'Puts labelled faults into an uploaded table; the result names the files',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      upload,
      reading: reading.default({}),
      time: columnName.optional(),
      entity: columnName.optional(),
      faults: z
        .array(
          z.strictObject({
            kind: z.string().min(1),
            column: columnName,
            count: z.int().min(1).max(100_000).optional(),
            length: z.int().min(1).max(10_000_000).optional().describe('Readings of each'),
            size: z.number().optional().describe('In units of the sensor’s own spread'),
          }),
        )
        .min(1)
        .max(100),
      seed,
    }),
    out: job,
    errors: ['not-found'],
  }),
  compareTables: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/comparisons',
    summary: 'Compares an uploaded real table with a synthetic one, uploaded or drawn; the result names the comparison',
    role: 'editor',
    params: ofProject,
    body: z
      .strictObject({
        real: upload,
        synthetic: upload.optional(),
        sample: z.string().optional().describe('A sample that was drawn here, instead of an upload'),
        holdout: upload.optional().describe('Real rows that were not learned from'),
        reading: reading.default({}),
        target: columnName.optional(),
        time: columnName.optional(),
        entity: columnName.optional(),
        seed,
      })
      .refine(({ synthetic, sample }) => (synthetic === undefined) !== (sample === undefined), {
        path: ['synthetic'],
        message: 'give an upload or a sample, one of them',
      }),
    out: job,
    errors: ['not-found'],
  }),
  listTableResults: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/table-results',
    summary: 'Samples, injections, comparisons and simulated sets of a project, newest first',
    role: 'reviewer',
    params: ofProject,
    query: z.object({ kind: resultKind.optional() }),
    out: z.array(tableResult),
    errors: ['not-found'],
  }),
  showTableResult: defineEndpoint({
    method: 'GET',
    path: '/table-results/{result}',
    summary: 'A sample, an injection, a comparison or a simulated set',
    role: 'reviewer',
    params: ofResult,
    out: tableResult,
    errors: ['not-found'],
  }),
  downloadTableResult: defineEndpoint({
    method: 'GET',
    path: '/table-results/{result}/files/{file}',
    summary: 'A file of it',
    role: 'reviewer',
    params: ofResult.extend({ file: z.string() }),
    reply: 'file',
    errors: ['not-found'],
  }),
  removeTableResult: defineEndpoint({
    method: 'DELETE',
    path: '/table-results/{result}',
    summary: 'Removes it with its files',
    role: 'editor',
    params: ofResult,
    errors: ['not-found'],
  }),
}
