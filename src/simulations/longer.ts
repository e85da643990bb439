/** A column with room for more. */
import type { FieldColumn } from './fields.ts'

/** A copy with zeros at its end. */
export function longer<C extends FieldColumn>(column: C, length: number): C {
  const grown = new (column.constructor as new (length: number) => C)(length)
  grown.set(column)
  return grown
}
