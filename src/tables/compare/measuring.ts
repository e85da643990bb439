/** What every measure is given. */
import type { RandomStream } from '../../stats/random-stream.ts'

export interface Measuring {
  /** Chooses rows where all would take too long. Measures fork it by their name. */
  random: RandomStream
  signal?: AbortSignal
}
