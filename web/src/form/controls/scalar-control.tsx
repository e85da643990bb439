/** A text, a number or a truth value in one box: what reads as a number is one, where it may be. */
import { TextInput } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps, placeholderOf } from '../field.ts'
import { alternativesOf, type Json, type Schema } from '../json-schema.ts'

export function ScalarControl(props: FieldProps) {
  const { schema, root, value, onChange } = props
  return (
    <TextInput
      {...inputProps(props, described)}
      value={value === undefined || value === null ? '' : String(value)}
      placeholder={placeholderOf(props)}
      onChange={event => onChange(readScalar(event.currentTarget.value, typesOf(schema, root)))}
    />
  )
}

function typesOf(schema: Schema, root: Schema): Set<string> {
  return new Set([schema, ...alternativesOf(schema, root)].flatMap(({ type }) => type ?? []))
}

/** A number only if it would be written the same: “007” and “1.” are texts on their way. */
function readScalar(text: string, types: Set<string>): Json | undefined {
  if (text === '') return undefined
  if ((types.has('number') || types.has('integer')) && String(Number(text)) === text) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
