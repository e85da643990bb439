/** The distributions there are, as values: to add one, write its file and put it into this list. */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { bernoulli } from './bernoulli.ts'
import { beta } from './beta.ts'
import { binomial } from './binomial.ts'
import { cauchy } from './cauchy.ts'
import { constant } from './constant.ts'
import {
  type AnyDistributionKind,
  type Distribution,
  type DistributionChoice,
  signature,
} from './define-distribution.ts'
import { discreteUniform } from './discrete-uniform.ts'
import { empirical } from './empirical.ts'
import { exponential } from './exponential.ts'
import { gamma } from './gamma.ts'
import { geometric } from './geometric.ts'
import { gumbel } from './gumbel.ts'
import { hypergeometric } from './hypergeometric.ts'
import { laplace } from './laplace.ts'
import { logNormal } from './log-normal.ts'
import { logistic } from './logistic.ts'
import { mixtureOf } from './mixture.ts'
import { negativeBinomial } from './negative-binomial.ts'
import { normal } from './normal.ts'
import { pareto } from './pareto.ts'
import { readDistribution } from './parse-distribution.ts'
import { poisson } from './poisson.ts'
import { rayleigh } from './rayleigh.ts'
import { studentT } from './student-t.ts'
import { triangular } from './triangular.ts'
import { truncatedOf } from './truncated.ts'
import { uniform } from './uniform.ts'
import { vonMises } from './von-mises.ts'
import { weibull } from './weibull.ts'
import { zipf } from './zipf.ts'

/** Those that can be truncated: the others are values, listed or mixed. */
const truncatable: AnyDistributionKind[] = [
  bernoulli,
  beta,
  binomial,
  cauchy,
  discreteUniform,
  exponential,
  gamma,
  geometric,
  gumbel,
  hypergeometric,
  laplace,
  logNormal,
  logistic,
  negativeBinomial,
  normal,
  pareto,
  poisson,
  rayleigh,
  studentT,
  triangular,
  uniform,
  vonMises,
  weibull,
  zipf,
]

export const distributionKinds: AnyDistributionKind[] = [
  ...truncatable,
  constant,
  empirical,
  mixtureOf(
    componentOf(() => distributionSchema),
    openDistribution,
  ),
  truncatedOf(
    componentOf(() => schemaOf(truncatable)),
    openDistribution,
  ),
]

/** What a `DistributionChoice` must be. Parameters that have a usual value may be left out. */
export const distributionSchema = schemaOf(distributionKinds)

/** Opens a distribution; throws CultivarError `bad-recipe` where its parameters are not what it takes. */
export function openDistribution(choice: DistributionChoice): Distribution {
  const { kind, params } = readParams(choice, choice.distribution)
  return kind.open(params)
}

/**
 * Reads the one-line form: `normal(0, 1)` in the order of the parameters, `normal(sd = 2)` by name. Throws CultivarError `bad-recipe`, also
 * where the parameters are out of their limits.
 */
export function parseDistribution(text: string): DistributionChoice {
  const choice = readDistribution(text, findKind)
  readParams(choice, `“${text}”`)
  return choice
}

/** With usual values filled in; `written` is what messages call the choice. */
function readParams({ distribution, ...params }: DistributionChoice, written: string) {
  const kind = findKind(distribution)
  const read = kind.params.safeParse(params)
  if (read.success) return { kind, params: read.data }
  throw new CultivarError(
    'bad-recipe',
    `${written}: ${sentence(inWords(read.error.issues))}`,
    `It takes ${signature(kind)}.`,
  )
}

function findKind(name: string): AnyDistributionKind {
  const kind = distributionKinds.find(candidate => candidate.kind === name)
  if (kind) return kind
  throw new CultivarError('bad-recipe', unknownKind(name, distributionKinds), 'Write it like normal(0, 1).')
}

function schemaOf(kinds: AnyDistributionKind[]): z.ZodType<DistributionChoice> {
  const [first, ...others] = kinds.map(({ kind, summary, params }) =>
    params.safeExtend({ distribution: z.literal(kind) }).describe(summary),
  )
  return z.discriminatedUnion('distribution', [first!, ...others], {
    error: ({ input }) => unknownKind((input as { distribution?: unknown } | undefined)?.distribution, kinds),
  }) as unknown as z.ZodType<DistributionChoice>
}

/** A distribution within another, in either form. */
function componentOf(schema: () => z.ZodType<DistributionChoice>): z.ZodType<DistributionChoice> {
  const line = z.string().transform((text, context): unknown => {
    try {
      return parseDistribution(text)
    } catch (error) {
      if (!(error instanceof CultivarError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })
  return z.union([line.pipe(z.lazy(schema)), z.lazy(schema)], {
    // Of the two ways it could have been written, only the one that was tried has something to say.
    error: ({ input, errors }) => inWords((errors as z.core.$ZodIssue[][])[typeof input === 'string' ? 0 : 1] ?? []),
  })
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`
}

function inWords(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ')
}

function unknownKind(kind: unknown, kinds: AnyDistributionKind[]): string {
  const names = kinds.map(candidate => candidate.kind)
  if (typeof kind !== 'string') return `say which distribution: ${names.join(', ')}`
  const near = nearestName(kind, names)
  return `there is no distribution “${kind}”${near ? `: did you mean “${near}”?` : ` here; there are ${names.join(', ')}`}`
}
