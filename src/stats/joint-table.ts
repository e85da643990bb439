/** Joint tables of whole numbers with given margins: how many of each combination, if each value is to occur so many times. */

/**
 * Counts of every combination of one value per axis, the last axis changing fastest. Each value's combinations add up to
 * exactly its margin; counts stay as near as whole numbers can to independence of the axes: in a table of two axes none is
 * off by 1 or more. Further axes are crossed with the combinations so far, one by one. Equal margins give the same table.
 *
 * @param margins per axis, the count of each of its values; all axes add up to the same total, at most 2²⁶.
 */
export function jointTable(margins: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = margins
  return others.reduce<number[]>((table, margin) => crossed(table, margin), [...first])
}

/**
 * Controlled rounding (Cox 1987, “A constructive procedure for unbiased controlled rounding”, without the drawing of
 * lots): every row·column/total is rounded down or up so that rows and columns keep their sums. Fractions are kept as
 * whole numerators over the total.
 */
function crossed(rows: readonly number[], columns: readonly number[]): number[] {
  const total = columns.reduce((sum, count) => sum + count, 0)
  if (total === 0) return rows.flatMap(() => columns.map(() => 0))
  const whole = rows.flatMap(row => columns.map(column => Math.floor((row * column) / total)))
  const parts = rows.flatMap(row => columns.map(column => (row * column) % total))
  const table = { parts, width: columns.length, total }
  for (let at = 0; at < parts.length; ) {
    if (parts[at] === 0) at++
    else if (parts[at] === total) {
      parts[at++] = 0
      whole[at - 1]!++
    } else shift(table, cycleFrom(table, at))
  }
  return whole
}

interface Parts {
  /** Numerators, from 0 to `total`. */
  parts: number[]
  width: number
  total: number
}

const isOpen = ({ parts, total }: Parts, at: number) => parts[at] !== 0 && parts[at] !== total

/**
 * Places of a closed walk over open fractions, by turns along a row and along a column. There always is one: the parts of
 * each row and column add up to a whole, so an open one is never alone there.
 */
function cycleFrom(table: Parts, start: number): number[] {
  const { parts, width } = table
  const walk = [start]
  /** Where the walk left each row and each column. */
  const leftRow = new Map<number, number>()
  const leftColumn = new Map<number, number>()
  for (;;) {
    const at = walk.at(-1)!
    const alongRow = walk.length % 2 === 1
    const row = Math.floor(at / width)
    const column = at % width
    const left = alongRow ? leftRow : leftColumn
    const line = alongRow ? row : column
    const seen = left.get(line)
    if (seen !== undefined) return walk.slice(seen + 1)
    left.set(line, walk.length - 1)
    const others = alongRow
      ? Array.from({ length: width }, (_, other) => row * width + other)
      : Array.from({ length: parts.length / width }, (_, other) => other * width + column)
    walk.push(others.find(other => other !== at && isOpen(table, other))!)
  }
}

/**
 * Takes from every other place of a cycle what it gives to those between, until one is whole: sums stay as they are. Those
 * that have more gain, so that counts are rounded to the nearer side as far as can be.
 */
function shift({ parts, total }: Parts, cycle: number[]): void {
  const lead = cycle.reduce((sum, place, at) => sum + (at % 2 === 0 ? parts[place]! : -parts[place]!), 0)
  const gains = (at: number) => (at % 2 === 0) === lead >= 0
  const room = cycle.map((place, at) => (gains(at) ? total - parts[place]! : parts[place]!))
  const amount = Math.min(...room)
  for (const [at, place] of cycle.entries()) parts[place]! += gains(at) ? amount : -amount
}
