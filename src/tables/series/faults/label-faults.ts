/** What the label column says of each reading: `drift:temperature`, or several joined by ` + ` where faults of different sensors overlap. */
import type { PlannedFault } from './plan-faults.ts'

/** Readings of an entity with the same faults, from `from` up to, without, `to`. */
export interface LabelledReadings {
  entity: number
  from: number
  to: number
  label: string
}

/** Faults in the order of a plan; the labelled readings come in the same order and never overlap. */
export function labelFaults(faults: readonly PlannedFault[]): LabelledReadings[] {
  const labelled: LabelledReadings[] = []
  let open: PlannedFault[] = []
  let at = 0
  /** Labels what is open up to `until`, closing what ends on the way. */
  const closeUntil = (until: number) => {
    while (open.length > 0 && at < until) {
      const to = Math.min(until, ...open.map(fault => fault.to))
      const label = open.map(nameOf).join(' + ')
      labelled.push({ entity: open[0]!.entity, from: at, to, label })
      open = open.filter(fault => fault.to > to)
      at = to
    }
  }
  for (const fault of faults) {
    closeUntil(open[0] !== undefined && open[0].entity !== fault.entity ? Number.POSITIVE_INFINITY : fault.from)
    at = fault.from
    open = [...open, fault].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  }
  closeUntil(Number.POSITIVE_INFINITY)
  return labelled
}

function nameOf({ choice }: PlannedFault): string {
  return `${choice.kind}:${choice.column}`
}
