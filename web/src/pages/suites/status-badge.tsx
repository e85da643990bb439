/** Whether a test passed: by colour, sign and word. */
import { Badge } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'

export function StatusBadge({ pass, word }: { pass: boolean | null; word?: string }) {
  const [colour, Icon, usual] =
    pass === null
      ? (['gray', IconMinus, 'not tested'] as const)
      : pass
        ? (['leaf', IconCheck, 'passed'] as const)
        : (['red', IconX, 'failed'] as const)
  return (
    <Badge
      color={colour}
      variant="light"
      tt="none"
      leftSection={<Icon size={12} aria-hidden="true" />}
      miw="max-content"
    >
      {word ?? usual}
    </Badge>
  )
}
