/** Stands for a part of a page that is being loaded. */
import { Skeleton, Stack } from '@mantine/core'

export function Waiting() {
  return (
    <Stack gap="sm" role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={36} />
      <Skeleton height={120} />
    </Stack>
  )
}
