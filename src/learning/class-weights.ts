/** How much each label counts in training. */
import { CultivarError } from '../model/error.ts'
import type { Example } from '../model/example.ts'

/** `balanced`: each label counts the same in all, however rare. Or a weight by label; labels not named have 1. */
export type ClassWeights = 'balanced' | Record<string, number>

/**
 * One weight a label, in the order of `labels`. Balanced is n / (k · n_c), with n the number of labels given in all examples, k that of
 * different ones, and n_c that of examples with label c.
 * @throws CultivarError `bad-input` for labels that no example has, and for weights that are not positive numbers.
 */
export function labelWeights(
  examples: readonly Example[],
  labels: readonly string[],
  classWeights: ClassWeights = {},
): number[] {
  if (classWeights !== 'balanced') {
    checkWeights(classWeights, labels)
    return labels.map(label => (Object.hasOwn(classWeights, label) ? classWeights[label]! : 1))
  }
  const counts = new Map<string, number>()
  for (const example of examples) {
    for (const label of new Set(example.labels)) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const all = labels.reduce((sum, label) => sum + counts.get(label)!, 0)
  return labels.map(label => all / (labels.length * counts.get(label)!))
}

function checkWeights(weights: Record<string, number>, labels: readonly string[]): void {
  for (const [label, weight] of Object.entries(weights)) {
    if (!labels.includes(label)) {
      const hint = `The labels are ${labels.slice(0, 10).join(', ')}${labels.length > 10 ? ' …' : ''}.`
      throw new CultivarError('bad-input', `There is a weight for ${label}, but no example has that label.`, hint)
    }
    if (!Number.isFinite(weight) || weight <= 0) {
      const hint = 'Give a number above 0; 1 is as much as labels without a weight count.'
      throw new CultivarError('bad-input', `The weight of ${label} is ${weight}.`, hint)
    }
  }
}
