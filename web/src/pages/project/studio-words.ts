/** Hints name options of the command line; on the page of an import they are the controls that do the same. */

import type { ShownRowError } from '../../../../src/model/api/job-results.ts'
import type { Problem } from '../../../../src/model/api/problem.ts'

const controls: [RegExp, string][] = [
  [/--no-header/g, 'under “How it is read” that the first row “Is data already”'],
  [/--quote ""/g, '“Quotes: Are ordinary characters” under “How it is read”'],
  [/--quote/g, '“Quotes”'],
  [/--offsets utf16/g, 'another unit of offsets'],
  [/--encoding ([\w-]+)/g, '“Encoding: $1” under “How it is read”'],
  [/--format ([\w-]+)/g, '“Format: $1” under “How it is read”'],
  [/ with --format\b/g, ' under “How it is read”'],
  [/--delimiter/g, '“Between values”'],
  [/--template/g, '“A line reads as”'],
  [/--label-names/g, '“What numbers of labels stand for”'],
]

function said(hint: string): string {
  return controls.reduce((text, [option, control]) => text.replaceAll(option, control), hint)
}

export function inStudioWords(problem: Problem): Problem {
  return { ...problem, hint: said(problem.hint) }
}

export function rowInStudioWords(error: ShownRowError): ShownRowError {
  return { ...error, hint: said(error.hint) }
}
