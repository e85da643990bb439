/** Why a model does not go on. */
import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ShownProblem } from './simulation-messages.ts'

export function RunProblem({ problem: { title, hint, keptTables } }: { problem: ShownProblem }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      {hint && <Text size="sm">{hint}</Text>}
      {keptTables && <Text size="sm">What it had written before is kept: the tables can be downloaded.</Text>}
    </Alert>
  )
}
