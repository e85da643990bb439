/** What a comparison comes to, in words, with the reasons and with what was not measured. */
import type { ComparedTable, TableComparison } from './compare-tables.ts'
import type { Finding, Level } from './finding.ts'
import { levelAtLeast, listWords, scoreWords } from './finding-words.ts'
import { fewestSafeRows, privacyFindings } from './privacy/privacy-findings.ts'
import { qualityFindings, relationFindings, seriesFindings } from './quality-findings.ts'
import { validityFindings } from './validity-findings.ts'

export interface Verdict {
  /** One sentence on likeness and one on privacy. */
  headline: string
  /** The worst finding of each. */
  levels: Partial<Record<Finding['about'], Level>>
  /** The worst first within each. */
  findings: Finding[]
  notMeasured: string[]
}

const order: Record<Level, number> = { poor: 0, fair: 1, good: 2 }
const kinds = ['quality', 'usefulness', 'validity', 'privacy'] as const

export function verdictOf(
  comparison: Pick<TableComparison, 'quality' | 'tables' | 'relations' | 'unmatched'>,
): Verdict {
  const { tables, relations, unmatched } = comparison
  const found = tables.flatMap(table =>
    [
      ...qualityFindings(table),
      ...seriesFindings(table),
      ...validityFindings(table),
      ...privacyFindings(table.privacy),
    ].map(finding => ({ table: table.table, finding })),
  )
  const all = [
    ...(tables.length > 1 ? ofSeveral(found, tables.length, comparison.quality) : found.map(({ finding }) => finding)),
    ...relationFindings(relations),
    ...(unmatched.real.length > 0
      ? [
          {
            about: 'validity' as const,
            level: 'poor' as const,
            text: `Tables are missing: ${listWords(unmatched.real)}.`,
          },
        ]
      : []),
  ]
  const findings = kinds.flatMap(kind =>
    all.filter(({ about }) => about === kind).sort((a, b) => order[a.level] - order[b.level]),
  )
  const levels: Verdict['levels'] = {}
  for (const { about, level } of findings) levels[about] ??= level
  const notMeasured = tables.flatMap(table =>
    notMeasuredOf(table, tables.length > 1).map(text => ({ table: table.table, text })),
  )
  return {
    headline: headlineOf(levels, tables),
    levels,
    findings,
    notMeasured: [
      ...(tables.length > 1
        ? grouped(notMeasured, ({ text }) => text, tables.length)
        : notMeasured.map(({ text }) => text)),
      ...always,
    ],
  }
}

/** Of several tables what is not good is said, tables of which the same is said together; and one line each for what is good in all. */
function ofSeveral(
  found: { table: string; finding: Finding }[],
  tables: number,
  quality: TableComparison['quality'],
): Finding[] {
  return kinds.flatMap((about): Finding[] => {
    const ofKind = found.filter(({ finding }) => finding.about === about)
    if (ofKind.length === 0) return []
    const said = notGood.flatMap((level): Finding[] => {
      const ofLevel = ofKind.filter(({ finding }) => finding.level === level)
      return grouped(ofLevel, ({ finding }) => finding.text, tables).map(text => ({ about, level, text }))
    })
    const whole = `SDMetrics’ quality over all tables is ${scoreWords(quality.score)}, over all pairs ${scoreWords(quality.scoreOfAllPairs)}.`
    if (about === 'quality')
      said.push({ about, level: levelAtLeast(quality.scoreOfAllPairs ?? 1, 0.95, 0.85), text: whole })
    return said.length > 0 ? said : [{ about, level: 'good', text: goodOfAll[about] }]
  })
}

const notGood = ['poor', 'fair'] as const
const goodOfAll: Record<Finding['about'], string> = {
  quality: 'Every table is like the real one.',
  usefulness: 'Models learn from the rows of every table what they learn from real ones.',
  validity: 'All values lie in the real ranges and categories, all keys are unique.',
  privacy: 'No sign was found in any table.',
}

/** `Album and Artist: …`; what is so of all needs no names. */
function grouped<Said extends { table: string }>(
  said: Said[],
  textOf: (each: Said) => string,
  tables: number,
): string[] {
  const byText = Map.groupBy(said, textOf)
  return [...byText].map(([text, same]) => {
    const named = same.map(({ table }) => table)
    return named.length === tables ? text : `${listWords(named, 12)}: ${text}`
  })
}

function headlineOf(levels: Verdict['levels'], tables: ComparedTable[]): string {
  const likeness = {
    good: 'The synthetic rows are much like the real ones.',
    fair: 'The synthetic rows are like the real ones in most respects.',
    poor: 'The synthetic rows differ from the real ones.',
  }[worst(levels.quality, levels.usefulness, levels.validity)]
  const isMeasured = levels.quality !== undefined || levels.usefulness !== undefined || levels.validity === 'poor'
  const measured = isMeasured ? likeness : 'How like the real rows the synthetic ones are could not be measured.'
  const fewest = Math.min(...tables.map(({ rows }) => rows.real))
  if (fewest < fewestSafeRows) {
    return `${measured} ${tables.length > 1 ? 'The smallest table has' : 'They were learned from'} ${fewest} real rows: too few to be safe.`
  }
  const privacy = {
    good: tables.every(({ rows }) => rows.holdout > 0)
      ? 'No sign was found that they give away single real rows.'
      : 'No sign was found that they give away single real rows, but without a hold-out much of that could not be measured.',
    fair: 'Read what is said of privacy before they leave your hands.',
    poor: 'They give away real rows: do not share them as they are.',
  }[levels.privacy ?? 'good']
  return `${measured} ${privacy}`
}

function worst(...levels: (Level | undefined)[]): Level {
  return levels.filter(level => level !== undefined).sort((a, b) => order[a] - order[b])[0] ?? 'good'
}

/** What no comparison can say. */
const always = [
  'What somebody learns who has other data about the same people: only a fit under differential privacy gives a bound on that.',
]

/** Of several tables, columns are not listed: what is said of a table lists them. */
function notMeasuredOf({ rows, efficacy, apart, leftOut, privacy }: ComparedTable, several: boolean): string[] {
  const texts = leftOut.filter(({ why }) => why === 'text').map(({ column }) => column)
  const identifiers = leftOut.filter(({ why }) => why === 'identifier').map(({ column }) => column)
  const anew = leftOut.filter(({ why }) => why === 'anew').map(({ column }) => column)
  return [
    rows.holdout === 0 &&
      'Whether rows lie nearer to the real rows they were learned from than to other real rows: that needs a hold-out, real rows that were kept from the fit.',
    !privacy.closest && 'The distance to the closest real row: there are too few rows or columns.',
    !apart && 'Whether a model tells the rows apart: there are too few rows or columns.',
    !efficacy && 'What models learn from the rows: there are too few rows, or no column worth predicting.',
    texts.length > 0 &&
      !several &&
      `What texts say (${listWords(texts)}): only whether they stand in the real table word for word.`,
    anew.length > 0 &&
      `Likeness of ${listWords(anew)}: none of the real values comes again, so they seem to be made anew. If they should come again, something is wrong.`,
    identifiers.length > 0 && !several && `Likeness of columns that name rows: ${listWords(identifiers)}.`,
  ].filter(text => text !== false)
}
