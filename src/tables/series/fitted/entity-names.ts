/** New names for new entities, in the pattern of the real ones: a prefix and a number. */
import type { Column } from '../../table.ts'
import type { FittedSeries } from './fitted-series.ts'

export function nameEntities(column: Column): NonNullable<FittedSeries['entity']> {
  if (column.storage === 'numbers') return { name: column.name, prefix: '', digits: 0 }
  const names = column.storage === 'codes' ? column.dictionary : [...new Set(column.values)]
  let shared: { prefix: string; digits: number } | undefined
  for (const name of names) {
    if (name === null) continue
    const match = /^(.*?)(\d+)$/.exec(name)
    if (!match || (shared && shared.prefix !== match[1]))
      return { name: column.name, prefix: `${column.name} `, digits: 0 }
    const digits = match[2]!.length
    shared = { prefix: match[1]!, digits: Math.min(shared?.digits ?? digits, digits) }
  }
  return { name: column.name, ...(shared ?? { prefix: '', digits: 0 }) }
}
