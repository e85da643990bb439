/** Projects over HTTP. */
import { z } from 'zod'
import { project } from '../project.ts'
import { defineEndpoint } from './endpoint.ts'

const counts = z.record(z.string(), z.int().nonnegative())

const projectSummary = z.object({
  project,
  records: z.int().nonnegative().describe('Records of the dataset: imported, kept and restored'),
  labels: counts.describe('Records by first label, those a person rejected left out'),
  splits: counts,
  statuses: z.object({ pending: z.int(), accepted: z.int(), rejected: z.int() }),
  outcomes: counts.describe('All candidates that were stored, by how they ended'),
  providers: z.array(z.string()).describe('Providers that may be used for it'),
})
export type ProjectSummary = z.infer<typeof projectSummary>

const params = z.object({ project: z.string() })

export const projectEndpoints = {
  listProjects: defineEndpoint({
    method: 'GET',
    path: '/projects',
    summary: 'Projects with their counts',
    role: 'reviewer',
    out: z.array(projectSummary),
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
}
