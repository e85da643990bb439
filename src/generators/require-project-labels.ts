/** Refuses a recipe that names labels the project does not have. */
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import { nearestName } from '../text/nearest-name.ts'

/**
 * Refuses labels outside the project's closed list: better said before the first call than by rejecting every text.
 *
 * @throws CultivarError `bad-recipe`.
 */
export function requireProjectLabels(wanted: readonly string[], { labels }: Project): void {
  const stray = wanted.find(label => labels.length > 0 && !labels.includes(label))
  if (stray === undefined) return
  const near = nearestName(stray, labels)
  throw new CultivarError(
    'bad-recipe',
    `“${stray}” is not among the labels of the project: ${labels.join(', ')}.`,
    near
      ? `Did you mean “${near}”?`
      : 'Take it out of the recipe, or add it to the project: cultivar projects set NAME --labels a,b,c',
  )
}
