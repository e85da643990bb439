/** Which free vehicle fetches which waiting order. */
import type { Layout } from './layout.ts'
import type { Order } from './order.ts'
import type { Vehicle } from './vehicle.ts'

export const dispatchRules = ['nearest', 'first-come', 'earliest-due', 'urgent-first'] as const

export type DispatchRule = (typeof dispatchRules)[number]

/** Of a long list only the oldest are compared by `nearest`. */
const mostCompared = 200

/** Below 0 where one order goes before the other. */
const orderings: Record<Exclude<DispatchRule, 'nearest'>, (one: Order, other: Order) => number> = {
  'first-come': (one, other) => one.id - other.id,
  'earliest-due': (one, other) => one.due - other.due || one.id - other.id,
  'urgent-first': (one, other) => urgency(one) - urgency(other) || one.id - other.id,
}

function urgency({ priority }: Order): number {
  return priority === 'urgent' ? 0 : 1
}

/**
 * The next order and the vehicle for it; neither list is empty. `nearest` compares all pairs; the other rules choose the order first, then
 * the vehicle that is nearest to it.
 */
export function nextJob(
  rule: DispatchRule,
  waiting: readonly Order[],
  free: readonly Vehicle[],
  layout: Layout,
): { order: Order; vehicle: Vehicle } {
  const chosen =
    rule === 'nearest'
      ? waiting.slice(0, mostCompared)
      : [waiting.reduce((first, order) => (orderings[rule](order, first) < 0 ? order : first))]
  let best: { order: Order; vehicle: Vehicle } | undefined
  let least = Number.POSITIVE_INFINITY
  for (const order of chosen) {
    for (const vehicle of free) {
      const distance = layout.distance(vehicle.cell, order.faces[0]!)
      if (distance >= least) continue
      least = distance
      best = { order, vehicle }
    }
  }
  return best!
}
