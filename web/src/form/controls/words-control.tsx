/** Any of a few words. */
import { MultiSelect } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps } from '../field.ts'
import { resolved } from '../json-schema.ts'

export function WordsControl(props: FieldProps) {
  const { schema, root, value, onChange } = props
  const options = (resolved(schema.items ?? {}, root).enum ?? []).map(String)
  const chosen = Array.isArray(value) ? value.map(String) : undefined
  const usual = Array.isArray(schema.default) ? schema.default.map(String) : []
  const shown = chosen ?? usual
  return (
    <MultiSelect
      {...inputProps(props, described)}
      data={[...new Set([...options, ...shown])]}
      value={shown}
      placeholder={shown.length === 0 ? 'None' : ''}
      onChange={next => onChange(next.length === 0 && usual.length === 0 ? undefined : next)}
    />
  )
}
