/** Projects: what the endpoints of `src/model/api/projects.ts` do. */
import { balanceOf } from '../../app/balance/balance.ts'
import { buildCard } from '../../app/card/card.ts'
import { cardText } from '../../app/card/card-text.ts'
import {
  createProject,
  listProjects,
  removeProject,
  requireProject,
  showProject,
  updateProject,
} from '../../app/projects.ts'
import { whileUnchanged } from '../../app/while-unchanged.ts'
import type { projectEndpoints } from '../../model/api/projects.ts'
import type { Handlers } from '../handler.ts'

export const projectHandlers: Handlers<typeof projectEndpoints> = {
  listProjects: ({ workspace }) => listProjects(workspace),
  listProjectNames: async ({ workspace }) => (await workspace.store.listProjects()).map(({ project }) => project.name),
  createProject: ({ workspace }, { body }) => createProject(workspace, body),
  showProject: ({ workspace }, { params }) => showProject(workspace, params.project),
  projectSettings: async ({ workspace }, { params }) => (await requireProject(workspace, params.project)).project,
  updateProject: ({ workspace }, { params, body }) => {
    const given = Object.entries(body).filter(([, value]) => value !== undefined)
    return updateProject(workspace, params.project, Object.fromEntries(given))
  },
  removeProject: ({ workspace }, { params }) => removeProject(workspace, params.project),
  projectBalance: async ({ workspace }, { params: { project }, query: { by } }) => {
    const stored = await requireProject(workspace, project)
    const balance = await whileUnchanged(workspace.store, stored, `balance ${by}`, () =>
      balanceOf(workspace, { project, ...(by !== undefined && { by }) }),
    )
    const targets = balance.draft?.targets ?? {}
    return { ...balance, rows: balance.rows.map(row => ({ ...row, short: Object.hasOwn(targets, row.value) })) }
  },
  downloadCard: async ({ workspace }, { params: { project } }) => ({
    name: `${project}.card.md`,
    type: 'text/markdown; charset=utf-8',
    content: cardText(await buildCard(workspace, project)),
  }),
}
