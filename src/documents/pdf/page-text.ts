/** The text of a page as it was drawn: runs of one font with their places, in points from the upper left corner. */
import type { FontFacts } from './font-facts.ts'

export interface TextRun extends FontFacts {
  text: string
  x: number
  /** Of the baseline, downwards. */
  y: number
  width: number
  /** Of the font. */
  size: number
  /** Whether blank space was drawn before it, however narrow. */
  spaced: boolean
  rightToLeft: boolean
  /** Raised or lowered beside a larger run, whose `y` and `size` it is given. */
  script?: 'sup' | 'sub'
}

export interface PageText {
  width: number
  height: number
  /** In the order they were drawn, turned so that most text is upright. */
  runs: TextRun[]
  /** Text across the rest, as the label of an axis or a stamp on the margin. */
  across: string[]
}

export function rightOf(run: TextRun): number {
  return run.x + run.width
}
