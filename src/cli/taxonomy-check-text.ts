/** The problems of a taxonomy’s files as lines of text, for people and for GitHub. */
import type { CheckedFile } from '../app/taxonomy/check-taxonomy.ts'

export interface CheckCounts {
  files: number
  accepted: number
  errors: number
  warnings: number
}

export function noCounts(): CheckCounts {
  return { files: 0, accepted: 0, errors: 0, warnings: 0 }
}

export function addTo(counts: CheckCounts, { accepted, problems }: CheckedFile): void {
  counts.files++
  if (accepted) counts.accepted++
  for (const { severity } of problems) counts[severity === 'error' ? 'errors' : 'warnings']++
}

export function countsLine({ files, accepted, errors, warnings }: CheckCounts): string {
  const of = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
  return `${of(files, 'file')}: ${accepted} accepted, ${files - accepted} not; ${of(errors, 'error')}, ${of(warnings, 'warning')}`
}

/** `path:12:5 error [rule] message — repair`, as compilers do. */
export function standardLines({ path, problems }: CheckedFile): string[] {
  return problems.map(
    ({ line, column, severity, rule, message, repair }) =>
      `${path}:${line}:${column} ${severity} [${rule}] ${message} — ${repair}`,
  )
}

/** GitHub’s workflow commands, which it shows at the line in the pull request. */
export function githubLines({ path, problems }: CheckedFile): string[] {
  return problems.map(({ line, column, severity, rule, message, repair }) => {
    const properties = { file: path, line: String(line), col: String(column), title: rule }
    const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`)
    return `::${severity} ${list.join(',')}::${escapeData(`${message} — ${repair}`)}`
  })
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
