/** One of a few words. */
import { Select } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps } from '../field.ts'

export function WordControl(props: FieldProps) {
  const { schema, value, onChange, required } = props
  const options = (schema.enum ?? []).map(option => ({ value: JSON.stringify(option), label: String(option) }))
  const usual = schema.default
  const known = value === undefined || options.some(option => option.value === JSON.stringify(value))
  return (
    <Select
      {...inputProps(props, described)}
      data={known ? options : [...options, { value: JSON.stringify(value), label: String(value) }]}
      value={JSON.stringify(value ?? usual) ?? null}
      placeholder="Not said"
      clearable={!required && usual === undefined}
      allowDeselect={false}
      onChange={next => {
        const chosen = next === null ? undefined : JSON.parse(next)
        onChange(chosen === usual ? undefined : chosen)
      }}
    />
  )
}
