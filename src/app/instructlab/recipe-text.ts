/** InstructLab's recipe files as text: a share always has a point, which alone tells it from a count. */
import { Scalar, stringify } from 'yaml'
import type { MixDataset } from '../mix/mix-recipe.ts'

export type RecipeEntry = Partial<MixDataset> & Pick<MixDataset, 'sampling_size'>

export function recipeText(entries: RecipeEntry[], systemPrompt: string, mixing: 'balanced' | 'instructlab'): string {
  const datasets = entries.map(({ sampling_size: size, ...entry }) => ({
    ...entry,
    sampling_size: 'count' in size ? size.count : share(size.ratio),
  }))
  return stringify({
    datasets,
    metadata: { sys_prompt: systemPrompt },
    ...(mixing === 'instructlab' && { mixing }),
  })
}

function share(ratio: number): Scalar {
  const scalar = new Scalar(ratio)
  scalar.minFractionDigits = 1
  return scalar
}
