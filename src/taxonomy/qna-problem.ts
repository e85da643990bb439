/** What can be wrong with a qna.yaml. */

/**
 * Where a problem comes from. All but `advice` make up InstructLab’s verdict: its parser reports the same ones. Advice is ours.
 */
export type ProblemSource = 'file' | 'yaml' | 'style' | 'schema' | 'advice'

export interface QnaProblem {
  /** In kebab-case. Style problems carry yamllint’s names. */
  rule: string
  /** A file with an error is not accepted. */
  severity: 'error' | 'warning'
  /** From 1. */
  line: number
  /** From 1, in code points. */
  column: number
  message: string
  /** What to do, in one sentence. */
  repair: string
  from: ProblemSource
}

/** A problem found by one of the checks, before its place is made a line and column. */
export interface Finding {
  rule: string
  /** In UTF-16 code units of the text read. */
  offset: number
  message: string
  repair: string
}
