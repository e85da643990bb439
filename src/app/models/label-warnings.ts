/** Warns of labels that are too rare to be learned well. */
import type { Example, Task } from '../../model/example.ts'

/** Below the first a label can hardly be learned, from the second on it usually can. */
const [tooFew, advised] = [40, 50]
const mostNamed = 8

/** A sentence or none: annotation tools advise 40 to 50 examples of each label. */
export function labelWarnings(task: Task, examples: readonly Example[]): string[] {
  const counts = new Map<string, number>()
  for (const { labels, entities } of examples) {
    const names = task === 'entities' ? entities.map(({ label }) => label) : labels
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const rare = [...counts].filter(([, count]) => count < advised).sort((a, b) => a[1] - b[1])
  if (rare.length === 0) return []
  const named = rare.slice(0, mostNamed).map(([label, count]) => `${label} (${count})`)
  const more = rare.length > mostNamed ? ` and ${rare.length - mostNamed} more` : ''
  const few = rare.filter(([, count]) => count < tooFew).length
  return [
    `${rare.length} of ${counts.size} labels have fewer than ${advised} examples${few > 0 ? `, ${few} fewer than ${tooFew}` : ''}: ${named.join(', ')}${more}. Grow more: cultivar run few-shot --param label=${rare[0]![0]} --target ${advised}`,
  ]
}
