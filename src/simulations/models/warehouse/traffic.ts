/** Who may drive on: all at once, never two on one cell, and a ring of vehicles that wait for each other turns. */

/** What of a vehicle decides whether it moves. */
export interface Driver {
  readonly cell: number
  /** The cell it wants to go to; −1: it stays. */
  readonly next: number
  /** Seconds since it moved last. */
  readonly waited: number
}

/**
 * Which of the drivers move. Of several who want one cell, the one who has waited longest goes; it goes only if the cell is free or is
 * left at the same moment. A closed ring of waiting vehicles goes before all others, since none of them could move otherwise.
 */
export function resolveMoves(drivers: readonly Driver[]): boolean[] {
  const standing = new Map(drivers.map((driver, at) => [driver.cell, at]))
  const ahead = drivers.map(({ next }) => (next < 0 ? undefined : standing.get(next)))
  const moves: (boolean | undefined)[] = drivers.map(({ next }) => (next < 0 ? false : undefined))
  const goer = new Map<number, number>()
  for (const ring of ringsOf(ahead)) {
    for (const at of ring) {
      moves[at] = true
      goer.set(drivers[at]!.next, at)
    }
  }
  for (const [at, { next, waited }] of drivers.entries()) {
    if (moves[at] !== undefined) continue
    const rival = goer.get(next)
    if (rival === undefined || (moves[rival] === undefined && waited > drivers[rival]!.waited)) goer.set(next, at)
  }
  for (const start of drivers.keys()) {
    const chain: number[] = []
    let at: number | undefined = start
    while (at !== undefined && moves[at] === undefined && goer.get(drivers[at]!.next) === at) {
      chain.push(at)
      at = ahead[at]
    }
    if (at !== undefined) moves[at] ??= false
    const opens = at === undefined || moves[at] === true
    for (const link of chain) moves[link] = opens
  }
  return moves.map(move => move === true)
}

/** The closed rings among “who stands where I want to go”. */
function ringsOf(ahead: readonly (number | undefined)[]): number[][] {
  const rings: number[][] = []
  const seenFrom = new Int32Array(ahead.length).fill(-1)
  for (const start of ahead.keys()) {
    let at: number | undefined = start
    while (at !== undefined && seenFrom[at] === -1) {
      seenFrom[at] = start
      at = ahead[at]
    }
    if (at === undefined || seenFrom[at] !== start) continue
    const ring = [at]
    for (let other = ahead[at]!; other !== at; other = ahead[other]!) ring.push(other)
    rings.push(ring)
  }
  return rings
}
