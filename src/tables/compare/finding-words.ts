/** Figures and lists as findings say them. */

/** `0.989`; an en dash for what has no value. */
export function scoreWords(score: number | null): string {
  return score === null ? '–' : score.toFixed(3)
}

/** `12 %`, `0.4 %`, `less than 0.1 %` */
export function percentWords(share: number): string {
  const percent = 100 * share
  if (percent > 0 && percent < 0.1) return 'less than 0.1 %'
  if (percent > 99.9 && percent < 100) return 'more than 99.9 %'
  return `${percent < 10 || percent > 90 ? Number(percent.toFixed(1)) : Math.round(percent)} %`
}

export function countWords(count: number): string {
  return count.toLocaleString('en-US')
}

/** `a`, `a and b`, `a, b and 3 more` */
export function listWords(names: readonly string[], most = 4): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : [...names]
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** The first level whose bound `value` reaches, bounds from good to fair. */
export function levelAtLeast(value: number, good: number, fair: number): 'good' | 'fair' | 'poor' {
  if (value >= good) return 'good'
  return value >= fair ? 'fair' : 'poor'
}
