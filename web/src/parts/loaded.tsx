/** What was read, or that it is being read, or why it cannot be. */
import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ProblemError } from '../api/call.ts'
import { ProblemNotice } from './problem-notice.tsx'

export function Loaded<T>({
  of,
  children,
}: {
  of: UseQueryResult<T, ProblemError>
  children: (value: T) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <ProblemNotice error={of.error} />
  return (
    <Stack gap="sm" role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={24} width="40%" />
      <Skeleton height={120} />
    </Stack>
  )
}
