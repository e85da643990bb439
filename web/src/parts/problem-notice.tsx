/** What went wrong, which members are at fault, and what to do next. */
import { Alert, List, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Problem } from '../../../src/model/api/problem.ts'
import { ProblemError } from '../api/call.ts'

/** Shows nothing where nothing is wrong. */
export function ProblemNotice({ problem, error }: { problem?: Problem | undefined; error?: unknown }) {
  const shown = problem ?? (error instanceof ProblemError ? error.problem : undefined)
  if (!shown && !error) return null
  const { title, hint, errors } = shown ?? { title: String(error), hint: '', errors: [] }
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      {errors.length > 1 && (
        <List size="sm">
          {errors.map(({ path, message }) => (
            <List.Item key={path}>
              {path}: {message}
            </List.Item>
          ))}
        </List>
      )}
      {hint && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {hint}
        </Text>
      )}
    </Alert>
  )
}
