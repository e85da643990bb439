/** Texts, one a line. */
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { described } from '../described.tsx'
import { type FieldProps, inputProps } from '../field.ts'
import { ListControl } from './list-control.tsx'

export function TextsControl(props: FieldProps) {
  const { value, onChange, schema } = props
  // What is being typed may end in a line break, which is no text yet.
  const [typed, setTyped] = useState('')
  const texts = Array.isArray(value) ? value.map(String) : []
  if (texts.some(text => text.includes('\n'))) return <ListControl {...props} />
  const shown = linesOf(typed).join('\n') === texts.join('\n') ? typed : texts.join('\n')
  const usual = Array.isArray(schema.default) ? schema.default.map(String) : []
  return (
    <Textarea
      {...inputProps(props, described)}
      value={shown}
      placeholder={usual.length > 0 ? usual.join('\n') : 'One a line'}
      autosize
      minRows={2}
      maxRows={12}
      onChange={event => {
        const text = event.currentTarget.value
        const lines = linesOf(text)
        setTyped(text)
        onChange(lines.length === 0 ? undefined : lines)
      }}
    />
  )
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '')
}
