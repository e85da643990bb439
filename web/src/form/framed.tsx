/** A group of controls with its name, description and problems. */
import { Box, Input, Paper } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { described } from './described.tsx'
import { type FieldProps, problemText } from './field.ts'

/** `plain` draws no frame. Where the label is not shown, neither is the frame. */
export function Framed({ plain = false, children, ...props }: FieldProps & { plain?: boolean; children: ReactNode }) {
  const { label, showsLabel, schema, required } = props
  const id = useId()
  const problem = problemText(props, false)
  const inner = (
    <>
      {children}
      {problem !== undefined && !plain && <Input.Error mt={4}>{problem}</Input.Error>}
    </>
  )
  if (!showsLabel) return <Box>{inner}</Box>
  return (
    <Box role="group" aria-labelledby={id}>
      <Input.Label component="div" id={id} required={required}>
        {label}
      </Input.Label>
      {schema.description && <Input.Description mb={6}>{described(schema.description)}</Input.Description>}
      {plain ? (
        inner
      ) : (
        <Paper withBorder p="sm">
          {inner}
        </Paper>
      )}
    </Box>
  )
}
