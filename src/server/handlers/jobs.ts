/** Jobs: what the endpoints of `src/model/api/jobs.ts` do. */
import type { jobEndpoints } from '../../model/api/jobs.ts'
import type { Handlers } from '../handler.ts'

export const jobHandlers: Handlers<typeof jobEndpoints> = {
  listJobs: async ({ jobs }, { query }) => jobs.list(query.project),
  watchJob: ({ jobs, signal }, { params }) => jobs.watch(params.job, signal),
  cancelJob: async ({ jobs }, { params }) => jobs.cancel(params.job),
}
