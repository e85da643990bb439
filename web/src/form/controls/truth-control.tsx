/** Yes or no; where there is no default, also neither. */
import { Select, Switch } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps } from '../field.ts'

export function TruthControl(props: FieldProps) {
  const { schema, value, onChange, label, showsLabel, required } = props
  if (schema.default === undefined && !required) {
    return (
      <Select
        {...inputProps(props, described)}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        placeholder="Not said"
        clearable
        value={typeof value === 'boolean' ? String(value) : null}
        onChange={next => onChange(next === null ? undefined : next === 'true')}
      />
    )
  }
  const { error, description } = inputProps(props, described)
  return (
    <Switch
      {...(showsLabel ? { label } : { 'aria-label': label })}
      {...(error !== undefined && { error })}
      {...(description !== undefined && { description })}
      checked={typeof value === 'boolean' ? value : schema.default === true}
      onChange={event => {
        const next = event.currentTarget.checked
        onChange(next === schema.default ? undefined : next)
      }}
    />
  )
}
