/** What may be fitted: parameters with their ranges, as points of a unit cube. */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { checkParameters, type ParametersSchema } from '../simulation.ts'

/** From … to …, or the words or switches to choose from. */
export type FitRange = readonly [low: number, high: number] | { choices: readonly (string | boolean)[] }

export type FitValue = number | string | boolean

export interface FitDimension {
  name: string
  range: FitRange
  /** Any number, numbers that lie a step apart (such as whole ones), or words and switches. */
  kind: 'number' | 'stepped' | 'choice'
  step: number
}

/**
 * @throws CultivarError `bad-input` for a parameter that there is not, a range that is none, and values that the simulation does not take.
 */
export function fitDimensions(
  simulation: { name: string; parameters: ParametersSchema },
  fit: Readonly<Record<string, FitRange>>,
  fixed: Readonly<Record<string, unknown>>,
): FitDimension[] {
  const schemas = z.toJSONSchema(simulation.parameters, { io: 'input' }).properties ?? {}
  const dimensions = Object.entries(fit).map(([name, range]): FitDimension => {
    if (name in fixed)
      throw new CultivarError('bad-input', `“${name}” is both fixed and fitted.`, 'Leave one of the two out.')
    const schema = schemas[name]
    const { type, multipleOf } = typeof schema === 'object' ? schema : {}
    const isStepped = type === 'integer' || multipleOf !== undefined
    if (!('choices' in range)) checkRange(name, range)
    for (const value of 'choices' in range ? range.choices : range)
      checkParameters(simulation, { ...fixed, [name]: value })
    return {
      name,
      range,
      kind: 'choices' in range ? 'choice' : isStepped ? 'stepped' : 'number',
      step: multipleOf ?? 1,
    }
  })
  if (dimensions.length > 0) return dimensions
  throw new CultivarError(
    'bad-input',
    'Nothing is to be fitted.',
    `Name a parameter and its range: --fit ${Object.keys(schemas)[0] ?? 'size'}=1..10`,
  )
}

function checkRange(name: string, [low, high]: readonly [number, number]): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return
  throw new CultivarError(
    'bad-input',
    `“${name}” cannot be fitted from ${low} to ${high}.`,
    'The range goes from a lower to a higher number: --fit size=10..50',
  )
}

/** The value at a place from 0 to 1; steps and choices each have an equal part of it. */
export function valueAt({ range, kind, step }: FitDimension, place: number): FitValue {
  if ('choices' in range)
    return range.choices[Math.min(range.choices.length - 1, Math.floor(place * range.choices.length))]!
  const [low, high] = range
  if (kind === 'number') return low + place * (high - low)
  const steps = Math.round((high - low) / step)
  const value = low + step * Math.min(steps, Math.floor(place * (steps + 1)))
  // 0.1 + 0.2 is not 0.3; and nobody writes −0.
  return Number(value.toFixed(decimalsOf(step))) + 0
}

function decimalsOf(step: number): number {
  const [digits = '', exponent = '0'] = String(step).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}

export function parametersAt(dimensions: readonly FitDimension[], point: readonly number[]): Record<string, FitValue> {
  return Object.fromEntries(dimensions.map((dimension, at) => [dimension.name, valueAt(dimension, point[at]!)]))
}
