/** Where a value of a parameter is on its slider: ranges that reach far beyond the usual value give small values more room. */
import type { Schema } from '../form/json-schema.ts'

export interface ParameterRange {
  least: number
  most: number
  usual: number
  whole: boolean
}

/** Positions of a slider. */
export const sliderSteps = 1000
/** Where the usual value lies on a slider that is bent. */
const usualShare = 0.35
const mostStraight = 12

/** Undefined where it has no bounds: a slider has two ends. */
export function rangeOf({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  type,
  default: usual,
}: Schema): ParameterRange | undefined {
  const least = minimum ?? exclusiveMinimum
  const most = maximum ?? exclusiveMaximum
  // The widest range of whole numbers is what schemas say where nothing is said.
  if (least === undefined || most === undefined || most >= Number.MAX_SAFE_INTEGER || least <= Number.MIN_SAFE_INTEGER)
    return undefined
  return { least, most, usual: typeof usual === 'number' ? usual : least, whole: type === 'integer' }
}

export function positionOf(value: number, range: ParameterRange): number {
  const share = (value - range.least) / (range.most - range.least)
  return Math.round(sliderSteps * Math.min(1, Math.max(0, share)) ** (1 / bendOf(range)))
}

/** Rounded to what a position can tell apart. */
export function valueAt(position: number, range: ParameterRange): number {
  const { least, most, whole } = range
  if (position <= 0) return least
  if (position >= sliderSteps) return most
  const at = (place: number) => least + (most - least) * (place / sliderSteps) ** bendOf(range)
  const value = at(position)
  const apart = at(position + 1) - value
  const unit = 10 ** Math.ceil(Math.log10(Math.max(apart, 1e-12)) + 0.2)
  const rounded = Number((Math.round(value / unit) * unit).toPrecision(12))
  const kept = Math.min(most, Math.max(least, rounded))
  return whole ? Math.round(kept) : kept
}

/** The exponent that puts the usual value where it can be reached. */
function bendOf({ least, most, usual }: ParameterRange): number {
  const share = (usual - least) / (most - least)
  if (share >= 1 / mostStraight) return 1
  if (share <= 0) return most - least > 100 ? 3 : 1
  return Math.log(share) / Math.log(usualShare)
}
