/** Work in stages as the progress of a job. */
import type { Watching } from '../app/in-thread.ts'
import type { JobControl } from './jobs.ts'

/** Of each stage in a hundred, since nobody knows how many stages there will be. */
export function tellingStages({ signal, tell }: JobControl): Watching {
  return {
    signal,
    observe({ stage, share }) {
      const note = `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`
      tell({ note, done: Math.round(100 * share), total: 100 })
    },
  }
}
