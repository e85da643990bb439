/** What a person made of the test cases of a trial: kept line by line beside the cases as they were generated. */
import { appendFile, readFile } from 'node:fs/promises'
import { CultivarError } from '../../model/error.ts'
import { editedCase } from '../../suites/edited-case.ts'
import type { TestCase } from '../../suites/generate-cases.ts'

/** Another text, or null for a case that was taken out; by id of the case. */
export interface CaseEdits {
  texts: ReadonlyMap<string, string | null>
  /** Of the last one; 0 if there was none. */
  lastMs: number
}

interface Line {
  id: string
  /** Absent where the case is again as it was generated. */
  testCase?: string | null
  atMs: number
}

export async function readCaseEdits(file: string): Promise<CaseEdits> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new CultivarError(
      'bad-file',
      `The edits of test cases cannot be read: ${error.message}`,
      'Check who may read it.',
    )
  })
  const texts = new Map<string, string | null>()
  let lastMs = 0
  // What follows the last line break was being written when something died.
  for (const line of text.split('\n').slice(0, -1)) {
    const { id, testCase, atMs }: Line = JSON.parse(line)
    if (testCase === undefined) texts.delete(id)
    else texts.set(id, testCase)
    lastMs = atMs
  }
  return { texts, lastMs }
}

/** Appends: two that edit at once lose nothing. */
export async function addCaseEdits(file: string, edits: readonly Line[]): Promise<void> {
  await appendFile(file, edits.map(edit => `${JSON.stringify(edit)}\n`).join(''), { flush: true })
}

/** The cases as they are put to a target. */
export function withEdits(cases: readonly TestCase[], { texts }: CaseEdits): TestCase[] {
  if (texts.size === 0) return [...cases]
  return cases.flatMap(testCase => {
    const text = texts.get(testCase.id)
    if (text === undefined) return [testCase]
    return text === null ? [] : [editedCase(testCase, text).testCase]
  })
}
