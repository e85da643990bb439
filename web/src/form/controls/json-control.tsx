/** Whatever no other control knows, as JSON: nothing that a recipe holds is lost for want of a form. */
import { JsonInput } from '@mantine/core'
import { useState } from 'react'
import { described } from '../described.tsx'
import { type FieldProps, inputProps } from '../field.ts'
import type { Json } from '../json-schema.ts'

export function JsonControl(props: FieldProps) {
  const { value, onChange } = props
  // What is being typed is not JSON all the time.
  const [typed, setTyped] = useState<string>()
  const written = value === undefined ? '' : JSON.stringify(value, null, 2)
  const shown = typed ?? written
  const fault = typed === undefined ? undefined : readJson(typed).fault
  return (
    <JsonInput
      {...inputProps(props, described)}
      {...(fault !== undefined && { error: fault })}
      value={shown}
      placeholder="JSON"
      autosize
      minRows={1}
      maxRows={16}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={text => {
        const { value: next, fault } = readJson(text)
        setTyped(text)
        if (fault === undefined) onChange(next)
      }}
      onBlur={() => fault === undefined && setTyped(undefined)}
    />
  )
}

function readJson(text: string): { value?: Json; fault?: string } {
  if (text.trim() === '') return {}
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { fault: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}` }
  }
}
