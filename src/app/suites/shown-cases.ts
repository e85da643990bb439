/** Test cases of a trial page by page, and changed one by one. */

import type { ShownCase } from '../../model/api/suite-shapes.ts'
import { CultivarError } from '../../model/error.ts'
import type { Example } from '../../model/example.ts'
import { readCases } from '../../suites/cases-file.ts'
import { editedCase } from '../../suites/edited-case.ts'
import type { TestCase } from '../../suites/generate-cases.ts'
import { kept } from '../kept.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { addCaseEdits, type CaseEdits, readCaseEdits } from './case-edits.ts'
import type { TrialFacts } from './trial.ts'
import { trialFile, trialId } from './trial-files.ts'

interface CasesQuery {
  test?: string | undefined
  state?: ShownCase['state'] | undefined
  search?: string | undefined
  /** Place of the last one of the page before. */
  after?: number | undefined
  limit: number
}

interface CasesPage {
  cases: ShownCase[]
  next: number | null
  total: number
  tests: { test: string; cases: number; unchanged: number }[]
}

interface SavedCases {
  cases: ShownCase[]
  /** Entities that an edit took apart. */
  cut: { id: string; words: string; label: string }[]
}

/** What of a case is looked at before it is shown. */
interface CaseLine {
  id: string
  test: string
  original: string
  generated: string
  line: string
}

interface StoredCases {
  lines: CaseLine[]
  places: ReadonlyMap<string, number>
  labels: ReadonlyMap<string, string[]>
  tests: CasesPage['tests']
}

/** As generated they never change. */
const storedCases = kept<StoredCases>(4)

/** @throws CultivarError `not-found`. */
export async function listCases(workspace: Workspace, trial: string, query: CasesQuery): Promise<CasesPage> {
  const id = await trialId(workspace, trial)
  const stored = await casesOf(workspace, id)
  const edits = await readCaseEdits(trialFile(workspace, id, 'edits.jsonl'))
  const found = stored.lines.flatMap((line, at) => (fits(line, edits, query) ? [at] : []))
  const from = query.after === undefined ? 0 : found.findIndex(at => at > query.after!)
  const places = from < 0 ? [] : found.slice(from, from + query.limit)
  const last = places.at(-1)
  const shown = places.map(at => stored.lines[at]!)
  return {
    cases: await shownCases(shown, edits, stored),
    next: last === undefined || last === found.at(-1) ? null : last,
    total: found.length,
    tests: stored.tests,
  }
}

/** Null takes a case out, its generated text puts it back. @throws CultivarError `not-found`, `bad-input`. */
export async function saveCases(
  workspace: Workspace,
  trial: string,
  changes: readonly { id: string; testCase: string | null }[],
): Promise<SavedCases> {
  const id = await trialId(workspace, trial)
  const file = trialFile(workspace, id, 'edits.jsonl')
  const stored = await casesOf(workspace, id)
  const found = changes.map((change, at) => {
    const place = stored.places.get(change.id)
    if (place === undefined) throw refused(`cases.${at}.id`, `The trial has no test case “${change.id}”.`)
    if (change.testCase?.trim() === '') throw refused(`cases.${at}.testCase`, 'A test case needs a text.')
    return { change, line: stored.lines[place]! }
  })
  const atMs = workspace.clock.now()
  await addCaseEdits(
    file,
    found.map(({ change: { id: changed, testCase }, line }) => ({
      id: changed,
      ...(testCase !== line.generated && { testCase }),
      atMs,
    })),
  )
  const edits = await readCaseEdits(file)
  const lines = found.map(({ line }) => line)
  const cut = (await wholeCases(lines)).flatMap(testCase => {
    const text = edits.texts.get(testCase.id)
    if (typeof text !== 'string') return []
    return editedCase(testCase, text).cut.map(({ start, end, label }) => ({
      ...{ id: testCase.id, words: testCase.testCase.slice(start, end), label },
    }))
  })
  return { cases: await shownCases(lines, edits, stored), cut }
}

async function casesOf(workspace: Workspace, id: string): Promise<StoredCases> {
  const file = trialFile(workspace, id, 'cases.jsonl')
  return storedCases(file, async () => {
    const { examples, generated }: TrialFacts = JSON.parse(await readTextFile(trialFile(workspace, id, 'trial.json')))
    const written = (await readTextFile(file)).split('\n').filter(line => line !== '')
    const lines = written.map((line): CaseLine => {
      const row = JSON.parse(line)
      return { id: row.id, test: row.test_type, original: row.original, generated: row.test_case, line }
    })
    return {
      lines,
      places: new Map(lines.map((line, at) => [line.id, at])),
      labels: new Map(examples.map((example: Example) => [example.id, example.labels])),
      tests: generated.tests,
    }
  })
}

function fits({ id, test, original, generated }: CaseLine, { texts }: CaseEdits, query: CasesQuery): boolean {
  if (query.test !== undefined && test !== query.test) return false
  const edited = texts.get(id)
  if (query.state !== undefined && stateOf(edited) !== query.state) return false
  if (!query.search) return true
  const wanted = query.search.toLowerCase()
  return [original, edited ?? generated].some(text => text.toLowerCase().includes(wanted))
}

function stateOf(edited: string | null | undefined): ShownCase['state'] {
  return edited === undefined ? 'generated' : edited === null ? 'dropped' : 'edited'
}

async function wholeCases(lines: readonly CaseLine[]): Promise<TestCase[]> {
  return (await readCases(lines.map(({ line }) => line).join('\n'), 'cases.jsonl', 'jsonl')).cases
}

async function shownCases(lines: readonly CaseLine[], edits: CaseEdits, stored: StoredCases): Promise<ShownCase[]> {
  return (await wholeCases(lines)).map(made => {
    const text = edits.texts.get(made.id)
    const { testCase, entities, id, category, test, original, example } =
      typeof text === 'string' ? editedCase(made, text).testCase : made
    return {
      ...{ id, category, test, original, testCase, entities, generated: made.testCase },
      ...{ labels: stored.labels.get(example) ?? [], state: stateOf(text) },
    }
  })
}

function refused(path: string, message: string): CultivarError {
  return new CultivarError('bad-input', message, 'Take the case out instead, or read the cases again.', {
    errors: [{ path, message }],
  })
}
