/** Figures as the API shows them: what cannot be said is null, in memory as in a file. */
import type { ShownDifference, ShownInterval } from '../../model/api/figures.ts'

interface AnyInterval {
  low: number | null
  high: number | null
}

export function shownInterval(given: AnyInterval | null | undefined): ShownInterval {
  return { low: finite(given?.low), high: finite(given?.high) }
}

export function shownDifference({ value, interval }: { value: number; interval: AnyInterval }): ShownDifference {
  return { value, interval: shownInterval(interval) }
}

function finite(figure: number | null | undefined): number | null {
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null
}
