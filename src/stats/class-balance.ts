/** How uneven counts of classes are, what would even them out, and how many of a class a random split may miss. */

/** Rule of thumb: counts within half and one and a half times an even share can be left to class weights. */
export const evenBand = { least: 0.5, most: 1.5 }

/** Each count as a multiple of the even share (the mean); 1 is even. Empty classes count in the mean. */
export function timesEven(counts: readonly number[]): number[] {
  const mean = sum(counts) / counts.length
  return counts.map(count => (mean === 0 ? 1 : count / mean))
}

/** Whether a count is within the band around even, given as a multiple of the even share. */
export function isNearEven(times: number): boolean {
  return times >= evenBand.least && times <= evenBand.most
}

/**
 * The lowest level to which all classes below it have to be raised so that every class lies within the band around the
 * new mean; 0 if none has to be. Found by bisection: the higher the level, the more even.
 */
export function levelThatEvens(counts: readonly number[]): number {
  const evens = (level: number) => timesEven(counts.map(count => Math.max(count, level))).every(isNearEven)
  let low = 0
  let high = Math.max(0, ...counts)
  if (evens(low)) return 0
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (evens(middle)) high = middle
    else low = middle
  }
  return high
}

/** Weight of a class in the loss, n / (k · n_c): all classes weigh the same in sum (King & Zeng, 2001). Infinite for an empty class. */
export function classWeight(count: number, total: number, classes: number): number {
  return total / (classes * count)
}

/**
 * The most records of `count` that a random split with share `share` holds in at most one case out of twenty: the 5 %
 * quantile of the binomial distribution.
 */
export function unluckyHeldOut(count: number, share: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : count
  const odds = Math.log(share) - Math.log1p(-share)
  let logarithm = count * Math.log1p(-share)
  let reached = Math.exp(logarithm)
  let held = 0
  while (reached < 0.05 && held < count) {
    logarithm += Math.log((count - held) / (held + 1)) + odds
    reached += Math.exp(logarithm)
    held++
  }
  return held
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
