/** A trial: one suite put to one project's held-out records, and then to a target; each step is a file, so that it can stop at any. */
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { Example, Task } from '../../model/example.ts'
import type { Target } from '../../model/prediction.ts'
import { type CasesFormat, casesText, readCases } from '../../suites/cases-file.ts'
import { type GeneratedCases, generateCases, type Paraphrase, type TestCase } from '../../suites/generate-cases.ts'
import { runCases } from '../../suites/run-cases.ts'
import { type Expected, readSuite, type Suite, suiteText } from '../../suites/suite.ts'
import { type SuiteReport, suiteReport } from '../../suites/suite-report.ts'
import { suiteReportText } from '../../suites/suite-report-text.ts'
import { readTextFile } from '../read-text-file.ts'
import { makeOwnFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { readCaseEdits, withEdits } from './case-edits.ts'
import { trialFile, trialFolder, trialId, trialIds } from './trial-files.ts'
import { saveSummary } from './trial-summary.ts'

/** What a trial is of; frozen when its cases are made. */
export interface TrialFacts {
  id: string
  project: string
  task: Task
  seed: number
  createdMs: number
  /** The texts, as they were then. */
  examples: Example[]
  generated: Pick<GeneratedCases, 'tests' | 'notes'>
}

export interface Trial extends TrialFacts {
  suite: Suite
  cases: TestCase[]
}

/** Makes the cases of a suite and stores them. @throws what generateCases throws. */
export async function generateTrial(
  workspace: Workspace,
  given: {
    suite: Suite
    project: string
    task: Task
    examples: readonly Example[]
    seed: number
    paraphrase?: Paraphrase
  },
): Promise<Trial> {
  const { suite, project, task, seed, paraphrase } = given
  const examples = given.examples.map(({ id, text, labels, entities }) => ({ id, text, labels, entities }))
  const { cases, tests, notes } = await generateCases(suite, examples, {
    task,
    seed,
    ...(paraphrase && { paraphrase }),
  })
  const facts: TrialFacts = {
    ...{ id: randomUUID().slice(0, 8), project, task, seed, createdMs: workspace.clock.now(), examples },
    generated: { tests, notes },
  }
  await makeOwnFolder(workspace.folder)
  await mkdir(trialFolder(workspace, facts.id), { recursive: true })
  await writeTextFile(trialFile(workspace, facts.id, 'suite.yaml'), suiteText(suite))
  await writeTextFile(trialFile(workspace, facts.id, 'cases.jsonl'), casesText(cases, 'jsonl'))
  await writeTextFile(trialFile(workspace, facts.id, 'trial.json'), `${JSON.stringify(facts)}\n`)
  await saveSummary(workspace, facts, { suite: suite.name ?? 'suite', cases: cases.length, report: null, ranMs: null })
  return { ...facts, suite, cases }
}

/** With its cases as a person edited them. By its id or the beginning of it. @throws CultivarError `not-found`, `bad-file`. */
export async function findTrial(workspace: Workspace, prefix: string): Promise<Trial> {
  const id = await trialId(workspace, prefix)
  const path = (name: Parameters<typeof trialFile>[2]) => trialFile(workspace, id, name)
  const facts: TrialFacts = JSON.parse(await readTextFile(path('trial.json')))
  const suite = readSuite(await readTextFile(path('suite.yaml')), path('suite.yaml'))
  const { cases } = await readCases(await readTextFile(path('cases.jsonl')), path('cases.jsonl'), 'jsonl')
  return { ...facts, suite, cases: withEdits(cases, await readCaseEdits(path('edits.jsonl'))) }
}

/** Replaces the cases by those of a file that a person edited; says what was changed. */
export async function takeEditedCases(trial: Trial, file: string): Promise<{ trial: Trial; notes: string[] }> {
  const format: CasesFormat = /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv'
  const { cases, edited, dropped, notes } = await readCases(await readTextFile(file), file, format, trial.cases)
  return {
    trial: { ...trial, cases },
    notes: [`${basename(file)}: ${edited} cases edited, ${dropped} dropped.`, ...notes],
  }
}

export interface RunTrialOptions {
  target?: Target
  expected?: Expected
  signal?: AbortSignal
  observe?: (progress: { done: number; all: number }) => void
}

/** Puts the cases to the target and stores the report, as JSON and as a page. */
export async function runTrial(
  workspace: Workspace,
  trial: Trial,
  options: RunTrialOptions,
): Promise<{ report: SuiteReport; files: { json: string; html: string } }> {
  const { suite, cases, examples, task, seed, generated } = trial
  const run = await runCases({ suite, cases, examples, task, seed, ...options })
  const report = suiteReport(suite, run, generated)
  const json = await writeTextFile(trialFile(workspace, trial.id, 'report.json'), suiteReportText(report, 'json'))
  const html = await writeTextFile(trialFile(workspace, trial.id, 'report.html'), suiteReportText(report, 'html'))
  const generatedCases = generated.tests.reduce((sum, test) => sum + test.cases, 0)
  await saveSummary(workspace, trial, {
    ...{ suite: report.suite, cases: generatedCases, report, ranMs: workspace.clock.now() },
  })
  return { report, files: { json, html } }
}

/** @throws CultivarError `not-found` if the trial is unknown or was not run yet. */
export async function trialReport(
  workspace: Workspace,
  prefix: string,
): Promise<{ facts: TrialFacts; report: SuiteReport }> {
  const id = await trialId(workspace, prefix)
  const facts: TrialFacts = JSON.parse(await readTextFile(trialFile(workspace, id, 'trial.json')))
  const text = await readTextFile(trialFile(workspace, id, 'report.json')).catch((error: unknown) => {
    if (!(error instanceof CultivarError) || error.code !== 'not-found') throw error
    throw new CultivarError(
      'not-found',
      `Trial ${id} was not run yet.`,
      `Run it: cultivar suites run ${id} --model NAME`,
    )
  })
  return { facts, report: JSON.parse(text) }
}

/** The newest that was run. @throws CultivarError `not-found` if none was. */
export async function newestRun(workspace: Workspace): Promise<string> {
  const newest = (await listTrials(workspace)).find(({ report }) => report)
  if (newest) return newest.facts.id
  throw new CultivarError('not-found', 'No suite was run yet.', 'Run one: cultivar suites run robust --model NAME')
}

/** Newest first, with the target and whether it passed, if it was run. */
export async function listTrials(workspace: Workspace): Promise<{ facts: TrialFacts; report?: SuiteReport }[]> {
  const trials = await Promise.all(
    (await trialIds(workspace)).map(async id => {
      const facts: TrialFacts = JSON.parse(await readTextFile(trialFile(workspace, id, 'trial.json')))
      const report = await trialReport(workspace, id).catch((error: unknown) => {
        if (error instanceof CultivarError && error.code === 'not-found') return undefined
        throw error
      })
      return { facts, ...(report && { report: report.report }) }
    }),
  )
  return trials.sort((a, b) => b.facts.createdMs - a.facts.createdMs)
}
