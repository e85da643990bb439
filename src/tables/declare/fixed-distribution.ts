/** The distribution of a column that is nothing but one. */
import type { Distribution, DistributionChoice } from '../../stats/distributions/define-distribution.ts'
import { distributionKinds, openDistribution, parseDistribution } from '../../stats/distributions/index.ts'
import type { ColumnChoice } from './column-choice.ts'
import { at, type Path } from './read-declaration.ts'

const kinds = new Set(distributionKinds.map(({ kind }) => kind))

/** `{ distribution: … }` without what any column may have, or one line such as `normal(0, 1)`; undefined for any other column. */
export function distributionOf(choice: ColumnChoice, path: Path): DistributionChoice | undefined {
  if (typeof choice === 'string') {
    const text = choice.trim()
    return isOneDistribution(text) ? at(path, () => parseDistribution(text)) : undefined
  }
  if (!('distribution' in choice)) return undefined
  const { missing, decimals, clip, hidden, ...distribution } = choice
  return distribution satisfies DistributionChoice
}

export function fixedDistribution(choice: ColumnChoice, path: Path): Distribution | undefined {
  const distribution = distributionOf(choice, path)
  return distribution && at(path, () => openDistribution(distribution))
}

/** Whether a line is one distribution with parameters that are plainly there, and so no formula. */
function isOneDistribution(text: string): boolean {
  const kind = /^([a-z-]+)\s*\(/.exec(text)?.[1]
  if (kind === undefined || !kinds.has(kind) || /[*/"'`<>%^]/.test(text)) return false
  let depth = 0
  for (let place = 0; place < text.length; place++) {
    if (text[place] === '(') depth++
    else if (text[place] === ')' && --depth === 0 && place < text.length - 1) return false
  }
  return [...text.matchAll(/[A-Za-z_][\w-]*(?=(\s*=)?)/g)].every(
    ([word, named]) => kinds.has(word) || named !== undefined || /^e\d*$/i.test(word),
  )
}
