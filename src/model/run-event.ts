/** What a run tells whoever watches it. */
import type { Spending, Tallies } from './run.ts'

export type RunEvent =
  | { kind: 'opened'; run: string; resumed: boolean; targets: Record<string, number> }
  | {
      kind: 'progress'
      tallies: Tallies
      targets: Record<string, number>
      spent: Spending
      callsInFlight: number
      unitsOpen: number
    }
  | { kind: 'waiting'; why: string; untilMs?: number }
  | { kind: 'note'; text: string }
