/** Looks up what a test names: a perturbation of the list, with its parameters checked. */
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { Task } from '../model/example.ts'
import { nearestName } from '../text/nearest-name.ts'
import * as builtIns from './index.ts'
import type { AnyPerturbation, Perturb, PerturbationContext } from './perturbation.ts'

const byKind = new Map<string, AnyPerturbation>(
  Object.values(builtIns).map(each => [each.kind, each as AnyPerturbation]),
)

/** In alphabetical order. */
export const perturbations: readonly AnyPerturbation[] = [...byKind.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1))

/** @throws CultivarError `bad-input` with the closest name. */
export function findPerturbation(kind: string): AnyPerturbation {
  const found = byKind.get(kind)
  if (found) return found
  const near = nearestName(kind, [...byKind.keys()])
  throw new CultivarError(
    'bad-input',
    `There is no perturbation “${kind}”.`,
    near === undefined
      ? '“cultivar suites tests” lists them all.'
      : `Did you mean “${near}”? “cultivar suites tests” lists them all.`,
    { kind, near },
  )
}

/**
 * Perturbations of a chain, opened. The parameters go to each that knows them; where the chain is one, all must be its own.
 * @throws CultivarError `bad-input` for a parameter that makes no sense, or a perturbation that does not suit the task.
 */
export function openChain(
  kinds: readonly string[],
  {
    parameters = {},
    task,
    ...context
  }: { parameters?: Record<string, unknown>; task: Task } & Omit<PerturbationContext<unknown>, 'params'>,
): { kind: string; perturb: Perturb }[] {
  return kinds.map(kind => {
    const perturbation = findPerturbation(kind)
    if (!perturbation.tasks.includes(task)) {
      const other = task === 'entities' ? 'texts with labels' : 'texts with entities'
      throw new CultivarError('bad-input', `“${kind}” is for ${other}.`, 'Leave it out.', { kind })
    }
    const given = kinds.length === 1 ? parameters : (parameters[kind] ?? {})
    const parsed = perturbation.params.safeParse(given)
    if (!parsed.success) {
      throw new CultivarError(
        'bad-input',
        `Parameters of “${kind}”: ${z.prettifyError(parsed.error)}`,
        perturbation.summary,
        {
          kind,
        },
      )
    }
    return { kind, perturb: perturbation.open({ ...context, params: parsed.data }) }
  })
}
