/** What can only be one thing: it is said, and there is nothing to choose. */
import { Text } from '@mantine/core'
import type { FieldProps } from '../field.ts'

export function FixedControl({ schema, label, showsLabel }: FieldProps) {
  const said = schema.const === undefined || schema.const === null ? 'none' : String(schema.const)
  return (
    <Text size="sm">
      {showsLabel ? `${label}: ` : ''}
      {said}
    </Text>
  )
}
