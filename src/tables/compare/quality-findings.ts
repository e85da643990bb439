/** What the measures of likeness, use and validity say, in words. */
import type { ComparedTable } from './compare-tables.ts'
import type { Finding } from './finding.ts'
import { levelAtLeast, listWords, percentWords, scoreWords } from './finding-words.ts'
import type { LearningEfficacy } from './learning-efficacy.ts'
import type { RelationComparison } from './related-tables.ts'
import type { RealAndSynthetic } from './series-likeness.ts'

/** A column or a pair below this is named. */
const namedBelow = 0.9

export function qualityFindings({ quality, threeWay, apart, efficacy, series }: ComparedTable): Finding[] {
  const findings: Finding[] = []
  const { score, scoreOfAllPairs, shapes, trends } = quality
  const total = score ?? scoreOfAllPairs
  if (total !== null) {
    const low = shapes.columns.filter(column => (column.score ?? 1) < namedBelow).map(({ column }) => column)
    const pairs = trends.pairs
      .filter(pair => pair.counts && (pair.score ?? 1) < namedBelow)
      .map(({ columns }) => columns.join(' with '))
    const named = [
      low.length > 0 && `Columns that differ: ${listWords(low)}.`,
      pairs.length > 0 && `Pairs that hang together otherwise: ${listWords(pairs)}.`,
    ].filter(text => text !== false)
    findings.push({
      about: 'quality',
      level: levelAtLeast(Math.min(total, scoreOfAllPairs ?? 1), 0.95, 0.85),
      text: [
        `SDMetrics’ quality is ${scoreWords(score)}, over all pairs ${scoreWords(scoreOfAllPairs)}.`,
        ...named,
      ].join(' '),
    })
  }
  if (threeWay) {
    const behind = threeWay.ofRealSample - threeWay.score
    const far = threeWay.worst[0]
    const farthest = far && behind > 0.02 ? ` Farthest off: ${listWords(far.columns)}.` : ''
    const agree = `Three columns at a time agree to ${scoreWords(threeWay.score)}`
    findings.push(
      // Rows of a series depend on one another, so that what chance does to a second sample is not known.
      series
        ? { about: 'quality', level: levelAtLeast(threeWay.score, 0.85, 0.75), text: `${agree}.${farthest}` }
        : {
            about: 'quality',
            level: levelAtLeast(-behind, -0.02, -0.06),
            text: `${agree}, where a second real sample would have ${scoreWords(threeWay.ofRealSample)}.${farthest}`,
          },
    )
  }
  if (apart) {
    const named = apart.columns.slice(0, 3).map(({ column }) => column)
    const by = named.length > 0 && apart.areaUnderCurve > 0.6 ? `, mostly by ${listWords(named)}` : ''
    findings.push({
      about: 'quality',
      level: levelAtLeast(-apart.areaUnderCurve, -0.65, -0.8),
      text: `A model that tries to tell synthetic rows from real ones has an area under the curve of ${scoreWords(apart.areaUnderCurve)}${by} (${
        apart.areaUnderCurve < 0.45 ? 'below 0.5: rows repeat one another' : '0.5 is guessing, 1 always right'
      }).`,
    })
  }
  if (efficacy) findings.push(efficacyFinding(efficacy))
  return findings
}

function efficacyFinding({ target, measure, models, withoutModel }: LearningEfficacy): Finding {
  const losses = models.map(({ real, synthetic }) =>
    Math.max(real.main - synthetic.main, (real.areaUnderCurve ?? 0) - (synthetic.areaUnderCurve ?? 0)),
  )
  const said = models.map(({ model, real, synthetic }) => {
    const areas =
      real.areaUnderCurve === null || synthetic.areaUnderCurve === null
        ? ''
        : `, area under the curve ${scoreWords(synthetic.areaUnderCurve)} and ${scoreWords(real.areaUnderCurve)}`
    return `with ${model} ${scoreWords(synthetic.main)} trained on synthetic rows and ${scoreWords(real.main)} trained on real ones${areas}`
  })
  return {
    about: 'usefulness',
    level: levelAtLeast(-Math.max(...losses), -0.03, -0.08),
    text: `${measure === 'R²' ? 'R²' : 'Accuracy'} of predicting ${target} in real rows: ${said.join('; ')}. Without a model: ${scoreWords(withoutModel)}.`,
  }
}

export function seriesFindings({ series }: ComparedTable): Finding[] {
  if (!series) return []
  const { sensors, lengths, crossCorrelations } = series
  const off = (pick: (sensor: (typeof sensors)[number]) => RealAndSynthetic, most: number) =>
    sensors.filter(sensor => difference(pick(sensor)) > most).map(({ column }) => column)
  const unlike = off(({ lagOne }) => lagOne, 0.05)
  const otherTrend = off(({ trend }) => trend, 0.1)
  const cross = crossCorrelations.greatest.filter(pair => difference(pair) > 0.1)
  const share = sensors.length === 0 ? 0 : unlike.length / sensors.length
  return [
    {
      about: 'quality',
      level: share > 0.5 ? 'poor' : unlike.length > 0 ? 'fair' : 'good',
      text:
        unlike.length > 0
          ? `From one row to the next, ${listWords(unlike)} ${unlike.length === 1 ? 'runs' : 'run'} otherwise (correlation with the next value off by more than 0.05).`
          : 'From one row to the next, sensors run as the real ones do (correlation with the next value within 0.05).',
    },
    {
      about: 'quality',
      level: otherTrend.length > 0 ? 'fair' : 'good',
      text:
        otherTrend.length > 0
          ? `Another trend along the series: ${listWords(otherTrend)}.`
          : 'Trends along the series are kept.',
    },
    ...(crossCorrelations.meanDifference === null
      ? []
      : [
          {
            about: 'quality' as const,
            level: cross.length > 0 ? ('fair' as const) : ('good' as const),
            text: `Correlations of sensors within a series differ by ${scoreWords(crossCorrelations.meanDifference)} on average${
              cross.length > 0 ? `, most for ${cross[0]!.columns.join(' with ')}` : ''
            }.`,
          },
        ]),
    ...(lengths.score === null
      ? []
      : [
          {
            about: 'quality' as const,
            level: levelAtLeast(lengths.score, 0.85, 0.7),
            text: `Lengths of series agree to ${scoreWords(lengths.score)} (mean ${Math.round(lengths.synthetic ?? 0)} rows, really ${Math.round(lengths.real ?? 0)}).`,
          },
        ]),
  ]
}

export function relationFindings(relations: RelationComparison[]): Finding[] {
  const findings = relations.flatMap(({ child, columns, parent, valid, children, across }): Finding[] => {
    const key = `${child}.${columns.join(' and ')} to ${parent}`
    const lost = (valid.real ?? 1) - (valid.synthetic ?? 1)
    const likeness = Math.min(children.score ?? 1, across.scoreOfAllPairs ?? 1)
    return [
      ...(lost > 0
        ? [
            {
              about: 'validity' as const,
              level: 'poor' as const,
              text: `${key}: ${percentWords(lost)} of the keys lead nowhere.`,
            },
          ]
        : []),
      {
        about: 'quality',
        level: levelAtLeast(likeness, 0.95, 0.85),
        text: `${key}: children a parent agree to ${scoreWords(children.score)}${across.scoreOfAllPairs === null ? '' : `, columns across the key to ${scoreWords(across.scoreOfAllPairs)}`}.`,
      },
    ]
  })
  if (relations.length === 0 || findings.some(({ level }) => level !== 'good'))
    return findings.filter(({ level }) => level !== 'good')
  return [
    {
      about: 'quality',
      level: 'good',
      text: 'Every key leads somewhere, and parents have children as the real ones have.',
    },
  ]
}

function difference({ real, synthetic }: RealAndSynthetic): number {
  return real === null || synthetic === null ? 0 : Math.abs(real - synthetic)
}
