/** A page that failed: what it said, and a way on. */
import { Alert, Button, Stack, Text } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'

export function Unexpected({ error, reset }: ErrorComponentProps) {
  return (
    <Alert color="red" title="This page failed" role="alert" m="md">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        <Text size="sm">What was stored is safe.</Text>
        <Button size="xs" onClick={reset}>
          Try again
        </Button>
      </Stack>
    </Alert>
  )
}
