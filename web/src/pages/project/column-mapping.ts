/** What each column is to be, as people change it, and as the server is told. */
import type { ColumnRole, ImportChoice, ShownPeek } from '../../../../src/model/api/imports.ts'

type Mapping = NonNullable<ImportChoice['mapping']>
type Column = ShownPeek['columns'][number]

/** Of these there is one column at most. */
const single: readonly ColumnRole[] = ['text', 'spans', 'split', 'id', 'tags']

/** The whole mapping, once somebody gave a column another role. A column that loses a role to it becomes a field. */
export function withRole(peek: ShownPeek, name: string, role: ColumnRole): Mapping {
  const changed = peek.columns.map((column): Column => {
    if (column.name === name) return { ...column, role }
    return single.includes(role) && column.role === role ? { ...column, role: 'field' } : column
  })
  const named = (wanted: ColumnRole) => changed.filter(column => column.role === wanted).map(column => column.name)
  const fields = named('field')
  return {
    text: named('text')[0] ?? null,
    labels: named('label'),
    spans: named('spans')[0] ?? null,
    split: named('split')[0] ?? null,
    id: named('id')[0] ?? null,
    tags: named('tags')[0] ?? null,
    // A column that first comes in a later row is taken, too, unless somebody leaves others out.
    fields: fields.length === 0 ? 'none' : named('left out').length === 0 ? 'all' : fields,
    offsets: peek.mapping.offsets,
  }
}
