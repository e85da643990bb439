/** The parts of a filter in words, each to be taken away. */
import type { RecordFilter } from '../record-types.ts'

interface FilterChip {
  key: string
  text: string
  /** What becomes of the filter without it. */
  without: Partial<Record<keyof RecordFilter, undefined | string[]>>
}

const names = { label: 'Label', tag: 'Tag', status: 'Status', outcome: 'Origin', split: 'Split' } as const
export const originWords = { imported: 'imported', kept: 'grown', restored: 'restored' } as const

export function chipsOf(filter: RecordFilter): FilterChip[] {
  const { search, run, critic, minScore, maxScore } = filter
  const lists = (Object.keys(names) as (keyof typeof names)[]).flatMap(member => {
    const values: string[] = filter[member] ?? []
    return values.map(value => ({
      key: `${member}-${value}`,
      text: `${names[member]}: ${shownValue(member, value)}`,
      without: { [member]: orNothing(values.filter(other => other !== value)) },
    }))
  })
  const score = [minScore, maxScore].map(bound => bound?.toLocaleString('en') ?? '…').join(' to ')
  return [
    ...(search ? [{ key: 'search', text: `“${search}”`, without: { search: undefined } }] : []),
    ...lists,
    ...(run ? [{ key: 'run', text: `Run: ${run.slice(0, 8)}`, without: { run: undefined } }] : []),
    ...(critic ? [{ key: 'critic', text: `Critic: ${critic}`, without: { critic: undefined } }] : []),
    ...(minScore !== undefined || maxScore !== undefined
      ? [{ key: 'score', text: `Score: ${score}`, without: { minScore: undefined, maxScore: undefined } }]
      : []),
  ]
}

/** An empty list would fit nothing. */
export function orNothing<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined
}

function shownValue(member: keyof typeof names, value: string): string {
  if (member === 'outcome') return originWords[value as keyof typeof originWords]
  return value === '' ? 'none' : value
}
