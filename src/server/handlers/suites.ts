/** Suites: what the endpoints of `src/model/api/suites.ts` do. */
import { z } from 'zod'
import { findImprovement, listImprovements } from '../../app/improve/stored-improvements.ts'
import { inThread } from '../../app/in-thread.ts'
import { requireProject } from '../../app/projects.ts'
import { readTextFile } from '../../app/read-text-file.ts'
import { listCases, saveCases } from '../../app/suites/shown-cases.ts'
import { listDetails, shownReport, shownTrial } from '../../app/suites/shown-trial.ts'
import {
  addSuite,
  changeSuite,
  initSuite,
  listSuites,
  removeSuite,
  requireSuite,
  type SuiteFile,
} from '../../app/suites/suite-files.ts'
import { findTrial, trialReport } from '../../app/suites/trial.ts'
import { trialFile } from '../../app/suites/trial-files.ts'
import { projectTrials, trialSummary } from '../../app/suites/trial-summary.ts'
import type { TargetInput } from '../../model/api/suite-shapes.ts'
import type { suiteEndpoints } from '../../model/api/suites.ts'
import type { Json } from '../../model/json.ts'
import { casesText } from '../../suites/cases-file.ts'
import { defaultSuite } from '../../suites/default-suite.ts'
import { suiteText } from '../../suites/suite.ts'
import { suiteReportText, suiteResultsText } from '../../suites/suite-report-text.ts'
import { findSuiteTest, suiteTests } from '../../suites/suite-tests.ts'
import type { Context, Handlers } from '../handler.ts'
import { tellingStages } from '../telling-stages.ts'

const reportTypes = {
  html: ['html', 'text/html; charset=utf-8'],
  markdown: ['md', 'text/markdown; charset=utf-8'],
  csv: ['csv', 'text/csv; charset=utf-8'],
  json: ['json', 'application/json'],
  details: ['cases.csv', 'text/csv; charset=utf-8'],
} as const

export const suiteHandlers: Handlers<typeof suiteEndpoints> = {
  listTests: async () =>
    suiteTests().map(({ kind, category, summary, example, tasks, way, prob, mayChangeLabel, params }) => ({
      ...{ kind, category, summary, example, way, tasks: [...tasks] },
      ...{ prob: prob ?? null, mayChangeLabel: mayChangeLabel ?? false },
      params: z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Record<string, Json>,
    })),
  listSuites: async ({ workspace }) => (await listSuites(workspace)).map(shownSuite),
  showSuite: async ({ workspace }, { params }) => shownSuite(await requireSuite(workspace, params.suite)),
  createSuite: async ({ workspace, uploads }, { body }) => {
    if (!('upload' in body)) return shownSuite(await initSuite(workspace, body.name, body.task))
    const { upload, name } = body
    const added = await addSuite(workspace, await uploads.find(upload), name === undefined ? {} : { name })
    await uploads.remove(upload)
    return shownSuite(added)
  },
  saveSuite: async ({ workspace }, { params, body }) => shownSuite(await changeSuite(workspace, params.suite, body)),
  removeSuite: ({ workspace }, { params }) => removeSuite(workspace, params.suite).then(() => undefined),
  suiteFile: async ({ workspace }, { params }) => {
    const { name, suite } = await requireSuite(workspace, params.suite)
    return { name: `${name}.yaml`, type: 'application/yaml', content: suiteText(suite) }
  },
  generateCases: async ({ workspace, jobs }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    await requireSuite(workspace, body.suite)
    return jobs.start({ kind: 'cases', project, title: `Test cases of ${body.suite}` }, control =>
      inThread(workspace, 'generateCases', { project, ...body }, tellingStages(control)),
    )
  },
  runSuite: async ({ workspace, jobs, uploads }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    const title = body.suite ?? (body.trial === undefined ? 'suite' : (await trialSummary(workspace, body.trial)).suite)
    const target = body.target && (await settingsOf(body.target, uploads))
    return jobs.start({ kind: 'suite', project, title: `Test by ${title}` }, control =>
      inThread(workspace, 'runSuite', { project, ...body, target }, tellingStages(control)),
    )
  },
  listTrials: async ({ workspace }, { params: { project } }) => {
    await requireProject(workspace, project)
    return (await projectTrials(workspace, project)).map(shownTrial)
  },
  showTrial: async ({ workspace }, { params }) => {
    const summary = await trialSummary(workspace, params.trial)
    return {
      trial: shownTrial(summary),
      stale: summary.stale,
      report: summary.report && shownReport(summary.report),
    }
  },
  listTrialDetails: ({ workspace }, { params, query }) => listDetails(workspace, params.trial, query),
  trialReportFile: async ({ workspace }, { params, query: { format } }) => {
    const { facts, report } = await trialReport(workspace, params.trial)
    const [ending, type] = reportTypes[format]
    const content =
      format === 'html'
        ? await readTextFile(trialFile(workspace, facts.id, 'report.html'))
        : format === 'details'
          ? suiteResultsText(report, 'csv')
          : suiteReportText(report, format)
    return { name: `${report.suite}-${facts.id}.${ending}`, type, content }
  },
  listCases: ({ workspace }, { params, query }) => listCases(workspace, params.trial, query),
  saveCases: ({ workspace }, { params, body }) => saveCases(workspace, params.trial, body.cases),
  trialCasesFile: async ({ workspace }, { params, query: { format } }) => {
    const { id, cases } = await findTrial(workspace, params.trial)
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
    return { name: `cases-${id}.${format}`, type, content: casesText(cases, format) }
  },
  improve: async ({ workspace, jobs }, { params: { project }, body }) => {
    const { kind } = (await requireProject(workspace, project)).project
    const { suite: named, wrong, ...options } = body
    const suite =
      named === undefined
        ? defaultSuite(kind === 'entities' ? 'entities' : 'classification')
        : (await requireSuite(workspace, named)).suite
    const mistakes = wrong && { teacher: wrong.provider, target: wrong.target }
    return jobs.start({ kind: 'improve', project, title: `Improvement of ${project}` }, control =>
      inThread(
        workspace,
        'improve',
        { project, suite, ...options, ...(mistakes && { wrong: mistakes }) },
        tellingStages(control),
      ),
    )
  },
  listImprovements: async ({ workspace }, { params: { project } }) => {
    await requireProject(workspace, project)
    return (await listImprovements(workspace, project)).map(({ id, suite, createdMs, models, ...rest }) => ({
      ...{ id, suite, createdMs, models },
      made: rest.rounds.reduce((sum, { made }) => sum + made, rest.wrong?.kept ?? 0),
      gapClosed: rest.comparison?.gapClosed.value ?? null,
      failing: rest.comparison ? rest.comparison.tests.filter(({ after }) => after.pass === false).length : null,
    }))
  },
  showImprovement: ({ workspace }, { params }) => findImprovement(workspace, params.improvement),
}

function shownSuite({ name, suite }: SuiteFile) {
  const { expected, seed, count, minPassRate, tests, notes } = suite
  const tasks = (['classification', 'entities'] as const).filter(task =>
    tests.every(({ kind }) => findSuiteTest(kind)?.tasks.includes(task)),
  )
  return { name, expected, seed, count, minPassRate, tests, notes, tasks }
}

/** No file but one that was uploaded, no key of the environment, and no program: those are for the command line. */
async function settingsOf(target: TargetInput, uploads: Context['uploads']) {
  if (target.kind !== 'predictions') return target
  return { kind: 'predictions', path: await uploads.find(target.upload) }
}
