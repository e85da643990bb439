/** The weight of each label of a sequence tagger: as given, or from how rare it is. */
import { CultivarError } from '../model/error.ts'
import type { Example } from '../model/example.ts'

/** A label of five examples among thousands would otherwise be found everywhere. */
const highestBalanced = 10

/** In the order of the labels; 1 is neutral. */
export function taggerLabelWeights(
  examples: readonly Example[],
  labels: readonly string[],
  weights: 'balanced' | Record<string, number> = {},
): number[] {
  if (weights === 'balanced') return balanced(examples, labels)
  for (const [label, weight] of Object.entries(weights)) {
    if (!labels.includes(label)) {
      const message = `There is a class weight for "${label}", but no entity with this label.`
      throw new CultivarError('bad-input', message, `The labels are ${labels.join(', ')}.`, { label })
    }
    if (!(weight > 0 && Number.isFinite(weight))) {
      const message = `The class weight of "${label}" is ${weight}; it has to be a number above 0.`
      throw new CultivarError('bad-input', message, 'Weigh a label with 2 to make missing it twice as dear.', { label })
    }
  }
  return labels.map(label => (Object.hasOwn(weights, label) ? weights[label]! : 1))
}

function balanced(examples: readonly Example[], labels: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const { entities } of examples) {
    for (const { label } of entities) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const mean = [...counts.values()].reduce((sum, count) => sum + count, 0) / labels.length
  return labels.map(label => Math.min(highestBalanced, Math.max(1, mean / counts.get(label)!)))
}
