/** From the values of a column to ranges and pieces: where values heap up they are kept apart, elsewhere only how many lie in a range. */

/** A value that many rows share, or a range of others; in grid points, or as real numbers where there is no grid. */
interface Cell {
  /** The first and last point that may be drawn. */
  from: number
  to: number
  atom: boolean
  count: number
  /** Of a range: shares by the coarseness of its values. */
  pieces: Piece[]
  /** None of its points is a value. */
  avoided: boolean
}

interface Piece {
  low: number
  step: number
  points: number
  count: number
}

export interface PieceOptions {
  /** Whether values lie on a grid of whole numbers. */
  grid: boolean
  /** Multiples that people round to, ascending, beyond 1. */
  grains: readonly number[]
  /** Most codes. */
  bins: number
  /** Most cells. */
  cells: number
  /** A value is kept as such from so many rows on; `Infinity`: never. */
  atomFrom: number
  /** Fewest rows of a range; beyond 1, the ends of the column are rounded outwards too, for they are somebody’s. */
  rangeFrom: number
  /** Points of ranges that are values are left out, where others remain. */
  avoid?: boolean
}

/** Codes with their highest point and their pieces. */
export interface PieceCodes {
  ends: number[]
  first: number[]
  pieces: Piece[]
  /** Whether no range can give a value that was there. */
  avoided: boolean
  /** Whether there are atoms. */
  atoms: boolean
}

/** Ranges of fewer rows would say more of these than of the distribution. */
const fewestOfRange = 30

/** @param ascending at least one number, without NaN. */
export function piecesOf(ascending: Float64Array, options: PieceOptions): PieceCodes {
  const cells = joinSmall(cellsOf(ascending, options), options.rangeFrom)
  const avoided = options.avoid === true && cells.every(cell => cell.atom || cell.avoided)
  return { ...codesOf(cells, ascending, options), avoided, atoms: cells.some(cell => cell.atom) }
}

function cellsOf(ascending: Float64Array, options: PieceOptions): Cell[] {
  const { values, counts } = runsOf(ascending)
  const atomFrom = atomThreshold(counts, options)
  const perRange = Math.max(options.rangeFrom, fewestOfRange, Math.ceil(ascending.length / options.cells))
  const cells: Cell[] = []
  for (let at = 0; at < values.length; ) {
    if (counts[at]! >= atomFrom) {
      const value = values[at]!
      cells.push({
        from: value,
        to: value,
        atom: true,
        count: counts[at]!,
        pieces: [{ low: value, step: options.grid ? 1 : 0, points: 1, count: counts[at]! }],
        avoided: false,
      })
      at++
      continue
    }
    let end = at
    let rows = 0
    while (end < values.length && counts[end]! < atomFrom && rows < perRange) rows += counts[end++]!
    // What is left before the next atom is too little for a range of its own.
    let rest = 0
    let further = end
    while (further < values.length && counts[further]! < atomFrom && rest < perRange / 2) rest += counts[further++]!
    if (rest < perRange / 2) {
      end = further
      rows += rest
    }
    cells.push(rangeCell(values, counts, at, end, rows, options))
    at = end
  }
  return cells
}

function runsOf(ascending: Float64Array): { values: Float64Array; counts: Int32Array } {
  const values = new Float64Array(ascending.length)
  const counts = new Int32Array(ascending.length)
  let runs = 0
  for (let i = 0; i < ascending.length; i++) {
    if (runs === 0 || ascending[i] !== values[runs - 1]) values[runs++] = ascending[i]!
    counts[runs - 1]!++
  }
  return { values: values.subarray(0, runs), counts: counts.subarray(0, runs) }
}

/** Raised where otherwise there would be more atoms than cells. */
function atomThreshold(counts: Int32Array, { atomFrom, cells }: PieceOptions): number {
  const candidates = counts.filter(count => count >= atomFrom)
  if (candidates.length <= cells) return atomFrom
  return candidates.sort()[candidates.length - cells]! + 1
}

/** Ranges of too few rows become part of a range beside them, or count for the nearer value. */
function joinSmall(cells: Cell[], rangeFrom: number): Cell[] {
  if (rangeFrom <= 1) return cells
  const kept: Cell[] = []
  for (const cell of cells) {
    const last = kept.at(-1)
    if (last && !last.atom && !cell.atom && (last.count < rangeFrom || cell.count < rangeFrom))
      kept[kept.length - 1] = joined(last, cell)
    else kept.push({ ...cell })
  }
  return kept.filter((cell, place) => {
    if (cell.atom || cell.count >= rangeFrom) return true
    const [before, after] = [kept[place - 1], kept[place + 1]]
    const nearer = !after || (before && cell.from - before.to < after.from - cell.to) ? before : after
    if (!nearer) return true
    nearer.count += cell.count
    nearer.pieces = nearer.pieces.map((piece, index) =>
      index === 0 ? { ...piece, count: piece.count + cell.count } : piece,
    )
    return false
  })
}

function joined(one: Cell, other: Cell): Cell {
  return {
    from: one.from,
    to: other.to,
    atom: false,
    count: one.count + other.count,
    pieces: [...one.pieces, ...other.pieces],
    avoided: one.avoided && other.avoided,
  }
}

/** A range reaches half-way to its neighbours, and no further beyond its own values than these lie apart. */
function rangeCell(
  values: Float64Array,
  counts: Int32Array,
  at: number,
  end: number,
  rows: number,
  options: PieceOptions,
): Cell {
  const { grid } = options
  const lowest = values[at]!
  const highest = values[end - 1]!
  const apart = end - at > 1 ? (highest - lowest) / (end - at - 1) : Number.POSITIVE_INFINITY
  const outwards = outer(values, options)
  const below = at > 0 ? Math.min((lowest - values[at - 1]!) / 2, apart) : lowest - outwards.low
  const above = end < values.length ? Math.min((values[end]! - highest) / 2, apart) : outwards.high - highest
  if (!grid) {
    const from = lowest - below
    const to = highest + above
    return {
      from,
      to,
      atom: false,
      count: rows,
      pieces: [{ low: from, step: to - from, points: 1, count: rows }],
      avoided: true,
    }
  }
  // A point half-way between two ranges belongs to the upper one; an atom is nobody else’s.
  const from = at === 0 ? outwards.low : Math.min(lowest, Math.floor(lowest - below) + 1)
  const to = Math.max(highest, Math.floor(highest + above))
  const own = values.subarray(at, end)
  const clear = options.avoid ? clearPoints(own, from, to) : undefined
  if (clear) return { from, to, atom: false, count: rows, pieces: [{ ...clear, count: rows }], avoided: true }
  const pieces = grainPieces(own, counts.subarray(at, end), from, to, rows, options.grains)
  return { from, to, atom: false, count: rows, pieces, avoided: false }
}

/** The ends of all values; rounded outwards to two digits of their spread where they must not tell whose they are. */
function outer(values: Float64Array, { rangeFrom, avoid }: PieceOptions): { low: number; high: number } {
  const low = values[0]!
  const high = values.at(-1)!
  if ((rangeFrom <= 1 && !avoid) || high === low) return { low, high }
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(high - low)) - 1)
  return { low: Math.floor(low / digit) * digit, high: Math.ceil(high / digit) * digit }
}

/** Every so many points from one that is no value on, so that none of them is: the closest that there are. */
function clearPoints(values: Float64Array, from: number, to: number): Omit<Piece, 'count'> | undefined {
  const points = to - from + 1
  const widest = Math.min(points, values.length * 8 + 16)
  for (let step = 1; step <= widest; step++) {
    const taken = new Uint8Array(step)
    for (const value of values) taken[(value - from) % step] = 1
    const free = taken.indexOf(0)
    if (free >= 0) return { low: from + free, step, points: Math.floor((points - 1 - free) / step) + 1 }
  }
  return undefined
}

/** Splits a range by the coarsest multiple that its values are rounded to, where more of them are than chance would have it. */
function grainPieces(
  values: Float64Array,
  counts: Int32Array,
  from: number,
  to: number,
  rows: number,
  grains: readonly number[],
): Piece[] {
  const pieces: Piece[] = []
  const taken = new Uint8Array(values.length)
  let left = rows
  for (let g = grains.length - 1; g >= 0 && left > 0; g--) {
    const grain = grains[g]!
    const low = Math.ceil(from / grain) * grain
    const points = Math.floor((to - low) / grain) + 1
    if (points < 2) continue
    let count = 0
    for (let i = 0; i < values.length; i++) if (taken[i] === 0 && values[i]! % grain === 0) count += counts[i]!
    const expected = (left * points) / (to - from + 1)
    if (count < 3 || count < 3 * expected) continue
    pieces.push({ low, step: grain, points, count })
    for (let i = 0; i < values.length; i++) if (values[i]! % grain === 0) taken[i] = 1
    left -= count
  }
  if (left > 0) pieces.push({ low: from, step: 1, points: to - from + 1, count: left })
  return pieces
}

/** Joins neighbouring cells to codes of about equal weight; those that weigh as much as a code stay alone. */
function codesOf(
  cells: Cell[],
  ascending: Float64Array,
  { bins }: PieceOptions,
): Omit<PieceCodes, 'avoided' | 'atoms'> {
  const total = ascending.length
  const heavy = cells.filter(cell => cell.count * bins >= total)
  const weight = total - heavy.reduce((sum, cell) => sum + cell.count, 0)
  const room = Math.max(1, bins - heavy.length)
  const perCode = cells.length <= bins ? 0 : weight / room
  const low = ascending[0]!
  const tenth = (ascending[total - 1]! - low) / 10
  const place = (cell: Cell) => (tenth > 0 ? Math.min(9, Math.floor((cell.from - low) / tenth)) : 0)
  const codes: Omit<PieceCodes, 'avoided' | 'atoms'> = { ends: [], first: [], pieces: [] }
  let held = 0
  cells.forEach((cell, index) => {
    const before = cells[index - 1]
    const alone = cell.count * bins >= total
    const starts =
      before === undefined ||
      alone ||
      before.count * bins >= total ||
      // Half a cell too many is nearer to the even weight than half a cell too few.
      held + cell.count / 2 > perCode ||
      (place(cell) !== place(before) && held >= perCode / 8)
    if (starts) {
      codes.first.push(codes.pieces.length)
      codes.ends.push(cell.to)
      held = 0
    }
    codes.ends[codes.ends.length - 1] = cell.to
    codes.pieces.push(...cell.pieces)
    held += cell.count
  })
  codes.first.push(codes.pieces.length)
  return codes
}
