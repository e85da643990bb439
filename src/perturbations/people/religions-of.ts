/** The religions whose names, as the user lists them, stand in a text. */
import { type WordTable, wordTable } from '../word-table.ts'

const tables = new WeakMap<Record<string, string[]>, WordTable<string[]>>()

/** The keys of `lists` of which a name stands in the text, capitalised; a name that is on several lists counts for all of them. */
export function religionsOf(text: string, lists: Record<string, string[]>): string[] {
  let table = tables.get(lists)
  if (!table) {
    table = tableOf(lists)
    tables.set(lists, table)
  }
  const found = new Set<string>()
  for (const { start, value } of table.matches(text)) {
    if (text[start] === text[start]!.toLowerCase()) continue
    for (const religion of value) found.add(religion)
  }
  return Object.keys(lists).filter(religion => found.has(religion))
}

function tableOf(lists: Record<string, string[]>): WordTable<string[]> {
  const religionsByName = new Map<string, string[]>()
  for (const [religion, names] of Object.entries(lists)) {
    for (const name of names) {
      const lower = name.toLowerCase()
      religionsByName.set(lower, [...(religionsByName.get(lower) ?? []), religion])
    }
  }
  return wordTable(religionsByName)
}
