/** What each column is to be, as people change it, and as the server is told. */
import type { ColumnRole, ImportChoice, ShownPeek } from '../../../../src/model/api/imports.ts'

type Mapping = NonNullable<ImportChoice['mapping']>
type Column = ShownPeek['columns'][number]

/** Of these there is one column at most. */
const single: readonly ColumnRole[] = ['text', 'spans', 'split', 'id', 'tags']

/** Roles that somebody gave to columns, by name. */
export type Roles = ReadonlyMap<string, ColumnRole>

/** The columns as they are to be, whether the server was told already or not. */
export function withRoles(columns: Column[], roles: Roles): Column[] {
  return columns.map(column => ({ ...column, role: roles.get(column.name) ?? column.role }))
}

/** One more role. A column that loses its own to it becomes a field. */
export function givenRole(columns: Column[], roles: Roles, name: string, role: ColumnRole): Roles {
  const losing = single.includes(role)
    ? withRoles(columns, roles).filter(column => column.role === role && column.name !== name)
    : []
  return new Map([...roles, ...losing.map(column => [column.name, 'field'] as const), [name, role]])
}

/** The whole mapping that follows. */
export function mappingOf(peek: ShownPeek, roles: Roles): Mapping {
  const changed = withRoles(peek.columns, roles)
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
