/** Runs: what the endpoints of `src/model/api/runs.ts` do. */
import { buildCard } from '../../app/card/card.ts'
import { cardText } from '../../app/card/card-text.ts'
import { requireRun } from '../../app/find-stored.ts'
import { listRuns } from '../../app/list-runs.ts'
import { requireProject } from '../../app/projects.ts'
import { recipeText } from '../../app/recipe-line.ts'
import { rejectPage, rejectSummary } from '../../app/reject-pages.ts'
import { currentReport } from '../../app/report/current-report.ts'
import { reportHtml } from '../../app/report/report-html.ts'
import { readOrigin } from '../../app/run-files.ts'
import type { runEndpoints } from '../../model/api/runs.ts'
import type { Recipe } from '../../model/recipe.ts'
import type { Handlers } from '../handler.ts'

export const runHandlers: Handlers<typeof runEndpoints> = {
  listRuns: ({ workspace }, { params }) => listRuns(workspace, params.project),
  startRun: async ({ workspace, runs, person }, { params, body }) => {
    await requireProject(workspace, params.project)
    return runs.start(wanted(params.project, body), { fresh: body.fresh, who: person.name })
  },
  queueRun: async ({ workspace, runs, person }, { params, body }) => {
    await requireProject(workspace, params.project)
    return runs.queue(wanted(params.project, body), { fresh: body.fresh, who: person.name })
  },
  showRun: async ({ workspace, runs }, { params }) => {
    const { id, snapshot } = await requireRun(workspace, params.run)
    return {
      view: await runs.view(id),
      who: (await readOrigin(workspace, id))?.who ?? null,
      yaml: recipeText(snapshot.recipe),
      fresh: snapshot.salt !== undefined,
      versions: snapshot.versions,
    }
  },
  watchRun: ({ runs, signal }, { params }) => runs.watch(params.run, signal),
  resumeRun: ({ runs }, { params, body }) => runs.resume(params.run, { ...body }),
  pauseRun: ({ runs }, { params }) => runs.stop(params.run, { now: false }),
  cancelRun: ({ runs }, { params }) => runs.stop(params.run, { now: true }),
  listRejects: ({ workspace }, { params, query }) => rejectPage(workspace, params.run, query),
  rejectSummary: ({ workspace }, { params }) => rejectSummary(workspace, params.run),
  runReport: ({ workspace }, { params }) => currentReport(workspace, params.run),
  runReportFile: async ({ workspace }, { params, query }) => {
    const report = await currentReport(workspace, params.run)
    return query.as === 'html'
      ? { name: `report-${report.run}.html`, type: 'text/html; charset=utf-8', content: reportHtml(report) }
      : { name: `report-${report.run}.json`, type: 'application/json', content: JSON.stringify(report, null, 2) }
  },
  runCard: async ({ workspace }, { params }) => {
    const { project } = await requireRun(workspace, params.run)
    return { project, markdown: cardText(await buildCard(workspace, project)) }
  },
}

/** The project is the one addressed, whatever the recipe says. */
function wanted(
  project: string,
  { recipe, target }: { recipe: Recipe; target?: Recipe['target'] | undefined },
): Recipe {
  return { ...recipe, project, ...(target !== undefined && { target }) }
}
