/** What the measures of privacy say, in words. None of them can say that nothing is given away. */

import { chanceMargin } from '../chance-margin.ts'
import type { Finding, Level } from '../finding.ts'
import { countWords, levelAtLeast, listWords, percentWords, scoreWords } from '../finding-words.ts'
import type { ClosestRecords } from './closest-records.ts'
import type { CopiedRows } from './copied-rows.ts'
import type { PrivacyMeasures } from './privacy.ts'
import { type RareCategories, type RepeatedValues, rareBelow } from './rare-values.ts'

/** Below so many real rows nothing that was measured makes a copy safe. */
export const fewestSafeRows = 500
/** Less is nothing, over however many people. */
const noise = 0.02

export function privacyFindings(privacy: PrivacyMeasures): Finding[] {
  const { realRows, closest, copies, rareCategories: rare, repeatedNumbers, repeatedTexts } = privacy
  const findings: [Level, string][] = [
    ...(realRows < fewestSafeRows ? [tooFew] : []),
    ...copyFindings(copies),
    ...(closest ? closenessFindings(closest) : []),
    ...disclosureFindings(privacy),
    ...rareFindings(rare),
    ...repeatedFindings(repeatedNumbers, 'Numbers'),
    ...repeatedFindings(repeatedTexts, 'Texts'),
  ]
  return findings.map(([level, text]) => ({ about: 'privacy', level, text }))
}

const tooFew: [Level, string] = [
  'poor',
  `Fewer than ${fewestSafeRows} real rows are too few to be safe, whatever else was measured: each of them weighs too much.`,
]

function rareFindings(rare: RareCategories[]): [Level, string][] {
  const leaked = rare.filter(each => each.leaked > 0)
  if (leaked.length === 0) return []
  // Categories that other people have as well lead to nobody.
  const byChance = leaked.every(
    ({ leaked: count, ofHoldout }) => ofHoldout !== undefined && count <= ofHoldout + 2 * Math.sqrt(ofHoldout),
  )
  const named = listWords(leaked.map(({ column, leaked: count }) => `${countWords(count)} of ${column}`))
  const said = `Categories that fewer than ${rareBelow} real rows have are among the synthetic ones: ${named}.`
  return byChance
    ? [['good', `${said} The hold-out has about as many.`]]
    : [['fair', `${said} Each may point to a person.`]]
}

function copyFindings({ exact, beyondBaseline, baseline }: CopiedRows): [Level, string][] {
  const among = baseline.of === 'holdout' ? 'the hold-out’s rows' : 'real rows, of one another'
  if (beyondBaseline > 0) {
    return [
      [
        // Where most real rows equal another one, a copy points to nobody.
        baseline.share > 0.5 ? 'fair' : 'poor',
        `${countWords(exact)} rows are exact copies of a real row, ${countWords(beyondBaseline)} more than chance gives (of ${among}, ${percentWords(baseline.share)} are).`,
      ],
    ]
  }
  if (exact === 0) return [['good', 'No row is an exact copy of a real one.']]
  return [
    [
      'good',
      `${countWords(exact)} rows equal a real one, no more than chance gives (of ${among}, ${percentWords(baseline.share)} do).`,
    ],
  ]
}

function closenessFindings({
  rows,
  nearerToTraining,
  closerThanBaseline,
  baseline,
}: ClosestRecords): [Level, string][] {
  const findings: [Level, string][] = []
  if (nearerToTraining) {
    const { share, low } = nearerToTraining
    findings.push([
      low > 0.53 ? 'poor' : low > 0.5 && share > 0.52 ? 'fair' : 'good',
      `${(100 * share).toFixed(1)} % of the rows lie nearer to the rows they were learned from than to the hold-out; 50 % is chance.`,
    ])
  }
  const expected = 0.05 + Math.max(noise, chanceMargin(0.05, rows, baseline.rows))
  findings.push([
    levelAtLeast(-closerThanBaseline, -expected, -0.1 - expected),
    `${percentWords(closerThanBaseline)} of the rows lie closer to a real row than all but the closest 5 % of ${
      baseline.of === 'holdout' ? 'the hold-out' : 'real rows lie to another one'
    }.`,
  ])
  return findings
}

function disclosureFindings({ disclosures, holdoutRows }: PrivacyMeasures): [Level, string][] {
  if (disclosures.length === 0 || holdoutRows === 0) return []
  const excess = disclosures.map(each => {
    const ofOthers = each.ofHoldout ?? each.ofReal
    const slack = Math.max(noise, chanceMargin(ofOthers, each.rows, holdoutRows))
    return { ...each, times: (each.ofReal - ofOthers) / slack }
  })
  const given = excess.filter(({ times }) => times > 1)
  if (given.length === 0) {
    return [
      [
        'good',
        'What is known of a person tells no more of a secret column for people who were learned from than for others.',
      ],
    ]
  }
  const named = given.map(
    ({ secret, ofReal, ofHoldout }) => `${secret} (${scoreWords(ofReal)} against ${scoreWords(ofHoldout ?? null)})`,
  )
  return [
    [
      given.some(({ times }) => times > 2.5) ? 'poor' : 'fair',
      `A guess from the synthetic rows is right more often for people who were learned from than for others: ${listWords(named)}.`,
    ],
  ]
}

function repeatedFindings(repeated: RepeatedValues[], what: string): [Level, string][] {
  const more = repeated
    .filter(({ share, byChance, margin }) => share > byChance + Math.max(noise, margin))
    .sort((a, b) => b.share - a.share)
  if (more.length === 0) return []
  const named = more.map(
    ({ column, share, byChance }) => `${column} (${percentWords(share)}; chance gives ${percentWords(byChance)})`,
  )
  return [
    [more[0]!.share > 0.5 ? 'poor' : 'fair', `${what} that exactly one real row has come again: ${listWords(named)}.`],
  ]
}
