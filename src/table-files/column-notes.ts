/** What people should know of how a column was read. */
import type { ColumnBuilder } from './column-builder.ts'

export function columnNotes({ plan, tally }: ColumnBuilder): string[] {
  const notes: string[] = []
  if (tally.nulls.size > 0) {
    const nulls = [...tally.nulls].map(([text, count]) => `${JSON.stringify(text)} (${times(count)})`)
    notes.push(`column "${plan.name}": null is written ${nulls.join(', ')}`)
  }
  if (tally.odd > 0) {
    const what = plan.date ? `written ${plan.date.pattern}` : plan.type === 'boolean' ? 'true or false' : 'a number'
    const examples = tally.examples.map(text => JSON.stringify(text)).join(', ')
    const values = tally.odd === 1 ? 'one value is' : `${tally.odd.toLocaleString('en')} values are`
    notes.push(
      `column "${plan.name}": ${values} not ${what} and became null (${examples}); read it as text to keep them`,
    )
  }
  return notes
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en')} times`
}
