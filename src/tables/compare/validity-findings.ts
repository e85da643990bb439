/** What the measures of validity say, in words. */
import type { ComparedTable } from './compare-tables.ts'
import type { Finding } from './finding.ts'
import { levelAtLeast, listWords, percentWords } from './finding-words.ts'
import type { FoundRule } from './found-rules.ts'

export function validityFindings({ diagnostics, rules }: ComparedTable): Finding[] {
  const { validity, structure } = diagnostics
  const findings: Finding[] = []
  if (structure.missing.length > 0) {
    findings.push({ about: 'validity', level: 'poor', text: `Columns are missing: ${listWords(structure.missing)}.` })
  }
  if (structure.extra.length > 0) {
    findings.push({
      about: 'validity',
      level: 'fair',
      text: `Columns that the real table lacks: ${listWords(structure.extra)}.`,
    })
  }
  if (structure.otherType.length > 0) {
    const named = structure.otherType.map(({ column, real, synthetic }) => `${column} (${synthetic}, really ${real})`)
    findings.push({ about: 'validity', level: 'fair', text: `Columns of another type: ${listWords(named)}.` })
  }
  for (const [metric, what] of Object.entries(invalidWords)) {
    const broken = validity.columns
      .filter(column => column.metric === metric && column.score !== null && column.score < 0.9995)
      .sort((a, b) => a.score! - b.score!)
    if (broken.length === 0) continue
    const named = broken.map(
      ({ column, score, unknown }) =>
        `${column} (${percentWords(1 - score!)}${unknown ? `: ${listWords(unknown)}` : ''})`,
    )
    findings.push({
      about: 'validity',
      level: levelAtLeast(broken[0]!.score!, 0.995, 0.95),
      text: `${what}: ${listWords(named)}.`,
    })
  }
  const broken = rules.filter(({ share }) => share < 0.9995).sort((a, b) => a.share - b.share)
  if (broken.length > 0) {
    const named = broken.map(({ kind, columns, share }) => `${ruleWords(kind, columns)} (${percentWords(1 - share)})`)
    findings.push({
      about: 'validity',
      level: levelAtLeast(broken[0]!.share, 0.995, 0.95),
      text: `Rules of every real row that rows here break: ${listWords(named)}.`,
    })
  }
  if (findings.length > 0) return findings
  const kept =
    rules.length > 0
      ? `, and ${rules.length === 1 ? 'the one rule' : `all ${rules.length} rules`} found in the real table ${rules.length === 1 ? 'is' : 'are'} kept`
      : ''
  return [
    {
      about: 'validity',
      level: 'good',
      text: `All values lie in the real ranges and categories, all keys are unique${kept}.`,
    },
  ]
}

const invalidWords = {
  BoundaryAdherence: 'Values outside the real range, or null where real ones never are',
  CategoryAdherence: 'Categories that the real column never has',
  KeyUniqueness: 'Keys that are missing or repeated',
}

/** What the rule says. */
export function ruleWords(kind: FoundRule['kind'], [one, other]: FoundRule['columns']): string {
  if (kind === 'order') return `${one} is never above ${other}`
  return kind === 'determines' ? `${one} determines ${other}` : `${one} and ${other} go together one to one`
}
