/** What checking a provider found, in words. */
import { Alert, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ProviderCheck } from '../../../../src/model/api/providers.ts'

export function CheckResult({ check }: { check: ProviderCheck }) {
  const facts = [
    yesNo('Reachable', check.reachable),
    yesNo('Key accepted', check.authorised),
    yesNo('Model found', check.modelExists),
  ].filter(fact => fact !== undefined)
  return (
    <Alert
      color={check.ok ? 'leaf' : 'red'}
      icon={check.ok ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
      title={check.ok ? 'It works' : 'It cannot be used like this'}
      role="status"
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {check.message} {check.hint}
      </Text>
      <List size="sm" mt={6}>
        {facts.map(fact => (
          <List.Item key={fact}>{fact}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function yesNo(what: string, found: boolean | null): string | undefined {
  return found === null ? undefined : `${what}: ${found ? 'yes' : 'no'}`
}
