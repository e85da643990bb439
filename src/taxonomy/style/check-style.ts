/**
 * Style as yamllint 1.29 checks it with `{extends: relaxed, rules: {line-length: disable}}`. Its rule `new-lines` has nothing to find
 * here, since InstructLab reads files with any line ends.
 */
import type { Finding } from '../qna-problem.ts'
import { withoutDisabled } from './disabled-rules.ts'
import { emptyLines } from './empty-lines.ts'
import { indentation } from './indentation.ts'
import { keyDuplicates } from './key-duplicates.ts'
import { newLineAtEndOfFile } from './new-line-at-end-of-file.ts'
import { spacing } from './spacing.ts'
import type { StyledText, StyleRule } from './styled-text.ts'
import { trailingSpaces } from './trailing-spaces.ts'

const rules: StyleRule[] = [spacing, indentation, keyDuplicates, trailingSpaces, emptyLines, newLineAtEndOfFile]

/** More help nobody. */
const mostFindings = 1000

/** In the order of the text. */
export function checkStyle(document: StyledText): Finding[] {
  const all = rules.flatMap(rule => rule(document))
  const findings = withoutDisabled(document, all)
  if (findings.length <= mostFindings) return findings
  const next = findings[mostFindings - 1]!
  const message = `${findings.length - mostFindings + 1} more problems of style from here on.`
  return [...findings.slice(0, mostFindings - 1), { ...next, message, repair: 'Mend those above first.' }]
}
