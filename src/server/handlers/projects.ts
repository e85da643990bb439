/** Projects: what the endpoints of `src/model/api/projects.ts` do. */
import { createProject, listProjects, showProject } from '../../app/projects.ts'
import type { projectEndpoints } from '../../model/api/projects.ts'
import type { Handlers } from '../handler.ts'

export const projectHandlers: Handlers<typeof projectEndpoints> = {
  listProjects: ({ workspace }) => listProjects(workspace),
  createProject: ({ workspace }, { body }) => createProject(workspace, body),
  showProject: ({ workspace }, { params }) => showProject(workspace, params.project),
}
