/** A number, whole where it must be; its bounds are said, not forced on whoever is typing. */
import { NumberInput } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps, placeholderOf } from '../field.ts'
import type { Schema } from '../json-schema.ts'

export function NumberControl(props: FieldProps) {
  const { schema, value, onChange } = props
  const { minimum, maximum } = schema
  const whole = schema.type === 'integer'
  const number = typeof value === 'number' ? value : ''
  const outside = problemOfBounds(schema, number)
  return (
    <NumberInput
      {...inputProps(props, described)}
      {...(outside !== undefined && { error: outside })}
      value={number}
      placeholder={placeholderOf(props)}
      allowDecimal={!whole}
      allowNegative={(minimum ?? schema.exclusiveMinimum ?? -1) < 0}
      clampBehavior="none"
      step={schema.multipleOf ?? (whole ? 1 : stepWithin(schema))}
      {...(minimum !== undefined && { min: minimum })}
      {...(maximum !== undefined && { max: maximum })}
      startValue={typeof schema.default === 'number' ? schema.default : (minimum ?? 0)}
      onChange={next => onChange(typeof next === 'number' ? next : undefined)}
    />
  )
}

function stepWithin({ minimum = 0, exclusiveMinimum, maximum }: Schema): number {
  return maximum !== undefined && maximum - (exclusiveMinimum ?? minimum) <= 5 ? 0.1 : 1
}

function problemOfBounds(
  { minimum, maximum, exclusiveMinimum, multipleOf }: Schema,
  value: number | '',
): string | undefined {
  if (value === '') return undefined
  if (minimum !== undefined && value < minimum) return `At least ${minimum.toLocaleString('en')}.`
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return `More than ${exclusiveMinimum.toLocaleString('en')}.`
  if (maximum !== undefined && value > maximum) return `At most ${maximum.toLocaleString('en')}.`
  return multipleOf !== undefined && value % multipleOf !== 0 ? `A multiple of ${multipleOf}.` : undefined
}
