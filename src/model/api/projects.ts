/** Projects over HTTP. */
import { z } from 'zod'
import { project } from '../project.ts'
import { defineEndpoint } from './endpoint.ts'

const count = z.int().nonnegative()
const counts = z.record(z.string(), count)

const projectSummary = z.object({
  project,
  records: count.describe('Records of the dataset: imported, kept and restored'),
  labels: counts.describe('Records by first label, those a person rejected left out'),
  splits: counts,
  statuses: z.object({ pending: count, accepted: count, rejected: count }),
  outcomes: counts.describe('All candidates that were stored, by how they ended'),
  providers: z.array(z.string()).describe('Providers that may be used for it'),
  documents: count,
  lastMs: z.number().describe('When it was changed last: made, imported into, grown or decided on'),
})
export type ProjectSummary = z.infer<typeof projectSummary>

const balance = z.object({
  by: z.string(),
  records: count.describe('Records of the dataset that nobody rejected'),
  without: count.describe('Those of them that have no value'),
  grown: count,
  rows: z
    .array(
      z.object({
        value: z.string(),
        records: count.describe('Records with this value; one with several labels counts in each'),
        real: count.describe('Of these, brought by a person'),
        grown: count,
        share: z.number(),
        timesEven: z.number().describe('Records as a multiple of the even share; 1 is even'),
        realTrain: count,
        splits: z.object({ train: count, validation: count, test: count }),
        mentions: count.optional().describe('Entities of this type, by entity'),
        short: z.boolean().describe('Whether more of these would even out the set'),
      }),
    )
    .describe('Largest first'),
  advice: z.array(z.object({ kind: z.enum(['fine', 'do', 'warning']), text: z.string() })),
  draft: z.object({ recipe: z.string(), targets: counts }).optional().describe('A recipe that would repair it'),
})
export type ShownBalance = z.infer<typeof balance>

const params = z.object({ project: z.string() })
const settings = project.omit({ name: true, kind: true })

export const projectEndpoints = {
  listProjects: defineEndpoint({
    method: 'GET',
    path: '/projects',
    summary: 'Projects with their counts',
    role: 'reviewer',
    out: z.array(projectSummary),
  }),
  listProjectNames: defineEndpoint({
    method: 'GET',
    path: '/project-names',
    summary: 'Names of the projects: cheap, however much they hold',
    role: 'reviewer',
    out: z.array(z.string()),
  }),
  createProject: defineEndpoint({
    method: 'POST',
    path: '/projects',
    summary: 'Makes a project',
    role: 'editor',
    body: project,
    out: project,
    errors: ['already-exists'],
  }),
  showProject: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}',
    summary: 'A project with its counts',
    role: 'reviewer',
    params,
    out: projectSummary,
    errors: ['not-found'],
  }),
  projectSettings: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/settings',
    summary: 'A project’s kind, labels, colours and other settings, without counts',
    role: 'reviewer',
    params,
    out: project,
    errors: ['not-found'],
  }),
  updateProject: defineEndpoint({
    method: 'PATCH',
    path: '/projects/{project}',
    summary: 'Changes the settings that are given; an empty embedder takes it away',
    role: 'editor',
    params,
    // Without the defaults, so that what is not given stays.
    body: z.strictObject({
      labels: settings.shape.labels.unwrap().optional(),
      colours: settings.shape.colours,
      fields: settings.shape.fields,
      instructions: settings.shape.instructions.unwrap().optional(),
      egress: settings.shape.egress.unwrap().optional(),
      embedder: settings.shape.embedder,
    }),
    out: project,
    errors: ['not-found'],
  }),
  removeProject: defineEndpoint({
    method: 'DELETE',
    path: '/projects/{project}',
    summary: 'Removes a project with its records, runs and documents; what models replied stays in the ledger',
    role: 'editor',
    params,
    errors: ['not-found', 'run-held'],
  }),
  projectBalance: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/balance',
    summary: 'How its records spread over labels, entity types or a field, and what that means',
    role: 'reviewer',
    params,
    query: z.object({
      by: z.string().min(1).max(200).optional().describe('label, entity, cell, split, tag or a field'),
    }),
    out: balance,
    errors: ['not-found'],
  }),
  downloadCard: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/card',
    summary: 'The dataset card: what a reader of the dataset must know',
    role: 'reviewer',
    params,
    reply: 'file',
    errors: ['not-found'],
  }),
}
