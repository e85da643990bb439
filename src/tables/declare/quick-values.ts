/** Values of a rising function of normal scores, quick for many scores: by interpolation wherever that is as good. */

/** Scores from −8 to 8, beyond which the function itself is asked. */
const bound = 8
const perUnit = 64
const steps = 2 * bound * perUnit
const tolerance = 1e-9

const unknown = 0
const flat = 1
const smooth = 2
const rough = 3

/**
 * The same function, made of cubics through four points a 64th apart where these meet it within 10⁻⁹ of its scale, and of itself
 * elsewhere: at jumps, kinks and in the far tails. Which is which is found out when a stretch is first met.
 */
export function quickValues(valueAt: (score: number) => number): (score: number) => number {
  const points = new Float64Array(steps + 3).fill(Number.NaN)
  const kinds = new Uint8Array(steps)
  const scale = Math.abs(valueAt(1) - valueAt(-1)) || 1
  const pointAt = (place: number): number => {
    const known = points[place + 1]!
    if (!Number.isNaN(known)) return known
    const value = valueAt(place / perUnit - bound)
    points[place + 1] = value
    return value
  }
  const cubic = (place: number, t: number): number => {
    const [a, b, c, d] = [pointAt(place - 1), pointAt(place), pointAt(place + 1), pointAt(place + 2)]
    return b + t * (c - a / 3 - b / 2 - d / 6 + t * ((a + c) / 2 - b + t * ((d - a) / 6 + (b - c) / 2)))
  }
  const kindOf = (place: number): number => {
    if (pointAt(place) === pointAt(place + 1)) return flat
    const meets = [0.25, 0.5, 0.75].every(t => {
      const exact = valueAt((place + t) / perUnit - bound)
      return Math.abs(cubic(place, t) - exact) <= tolerance * (scale + Math.abs(exact))
    })
    return meets ? smooth : rough
  }
  return score => {
    const position = (score + bound) * perUnit
    const place = Math.floor(position)
    if (!(place >= 1 && place < steps - 2)) return valueAt(score)
    if (kinds[place] === unknown) kinds[place] = kindOf(place)
    if (kinds[place] === flat) return pointAt(place)
    return kinds[place] === smooth ? cubic(place, position - place) : valueAt(score)
  }
}
