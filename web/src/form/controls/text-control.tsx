/** Text: one line, or several where it is likely to be long. */
import { Textarea, TextInput } from '@mantine/core'
import { described } from '../described.tsx'
import { type FieldProps, inputProps, placeholderOf } from '../field.ts'

const longNames = /^(prompt|instructions?|rubric|meaning|description|role|text)$/i
const longDefault = 60

export function TextControl(props: FieldProps) {
  const { value, onChange, schema, required, path } = props
  const text = typeof value === 'string' ? value : ''
  const placeholder = placeholderOf(props)
  const change = (next: string) => onChange(next === '' && !(required && value === '') ? undefined : next)
  const shared = { ...inputProps(props, described), value: text, placeholder, maxLength: schema.maxLength }
  const isLong =
    (longNames.test(path.split('.').at(-1) ?? '') && /words|instruction|asks?|facts/i.test(schema.description ?? '')) ||
    text.includes('\n') ||
    (placeholder ?? '').length > longDefault
  if (!isLong) return <TextInput {...shared} onChange={event => change(event.currentTarget.value)} />
  return (
    <Textarea {...shared} autosize minRows={2} maxRows={16} onChange={event => change(event.currentTarget.value)} />
  )
}
