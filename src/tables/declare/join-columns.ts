/** Columns of blocks put one behind the other. */
import type { Column, ColumnHeader } from '../table.ts'

/** @param header what all of them are. */
export function joinColumns(parts: readonly Column[], header: ColumnHeader): Column {
  if (header.storage === 'numbers') {
    const arrays = parts.map(part => (part as { values: Float64Array }).values)
    return { ...header, values: filled(new Float64Array(lengthOf(arrays)), arrays) }
  }
  if (header.storage === 'codes') {
    const arrays = parts.map(part => (part as { codes: Int32Array }).codes)
    return { ...header, codes: filled(new Int32Array(lengthOf(arrays)), arrays) }
  }
  return { ...header, values: parts.flatMap(part => (part as { values: (string | null)[] }).values) }
}

function lengthOf(arrays: readonly ArrayLike<unknown>[]): number {
  return arrays.reduce((sum, { length }) => sum + length, 0)
}

function filled<A extends Float64Array | Int32Array>(out: A, arrays: readonly A[]): A {
  let place = 0
  for (const array of arrays) {
    out.set(array, place)
    place += array.length
  }
  return out
}
