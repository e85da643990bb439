/** Arrays with a value for each row: many times as quick as `from` with a function. */

export function filledNumbers(rows: number, valueAt: (row: number) => number): Float64Array {
  const out = new Float64Array(rows)
  for (let row = 0; row < rows; row++) out[row] = valueAt(row)
  return out
}

export function filledCodes(rows: number, codeAt: (row: number) => number): Int32Array {
  const out = new Int32Array(rows)
  for (let row = 0; row < rows; row++) out[row] = codeAt(row)
  return out
}
