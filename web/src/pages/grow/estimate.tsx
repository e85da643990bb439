/** What a recipe would do and cost before anything is sent: calls, tokens, money, who receives text, one exact prompt. */
import { Alert, Anchor, Badge, Box, Drawer, Group, List, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ForecastShown } from '../../../../src/model/api/grow.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

interface EstimateProps {
  forecast: ForecastShown | undefined
  error: unknown
  /** Why there is none: the first thing that is wrong or missing. */
  missing: string | undefined
  stale: boolean
}

export function Estimate({ forecast, error, missing, stale }: EstimateProps) {
  return (
    <Stack gap="xs" aria-live="polite" aria-busy={stale}>
      {error !== undefined && error !== null ? <ProblemNotice error={error} /> : null}
      {!forecast && !error && (
        <Text size="sm" c="dimmed">
          {missing === undefined ? 'Estimating …' : `The estimate comes once this is set right: ${missing}`}
        </Text>
      )}
      {forecast && <Shown forecast={forecast} />}
    </Stack>
  )
}

function Shown({ forecast }: { forecast: ForecastShown }) {
  const { total, targets, kept, candidates, acceptance, hosts, redacted, prompt, notes, warnings } = forecast
  const [open, { open: show, close }] = useDisclosure(false)
  const wanted = Object.values(targets).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0}>
        <Table.Tbody>
          <Row name="Records" value={`${count(wanted)}${kept > 0 ? `, ${count(kept)} there already` : ''}`} />
          <Row name="Candidates" value={`${count(candidates)}, ${Math.round(acceptance.rate * 100)} % kept`} />
          <Row name="Calls" value={count(total.calls)} />
          {total.calls > 0 && (
            <Row name="Tokens" value={`${count(total.inputTokens)} in, ${count(total.outputTokens)} out`} />
          )}
          {total.calls > 0 && <Row name="Cost" value={costOf(total)} />}
        </Table.Tbody>
      </Table>
      {hosts.length === 0 ? (
        <Text size="sm">No model is asked.</Text>
      ) : (
        hosts.map(({ provider, model, host, leaves }) => (
          <Group key={provider} gap={6}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {host}{' '}
              <Text span c="dimmed">
                ({model})
              </Text>
            </Text>
            <Badge variant="default" size="sm" tt="none">
              {leaves ? (redacted ? 'leaves this machine, redacted' : 'leaves this machine') : 'stays on this machine'}
            </Badge>
          </Group>
        ))
      )}
      {warnings.map(warning => (
        <Alert key={warning} color="yellow" p="xs">
          {warning}
        </Alert>
      ))}
      <Anchor component="button" type="button" size="sm" onClick={show} ta="start">
        {prompt ? 'Show the first prompt, exactly' : 'Show the details'}
      </Anchor>
      <Drawer opened={open} onClose={close} title="What would be sent" position="right" size="lg">
        <Stack gap="md">
          {notes.length > 0 && (
            <List size="sm">
              {notes.map(note => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          )}
          {prompt?.messages.map(({ role, content }) => (
            <Box key={`${role} ${content}`}>
              <Text size="sm" fw={600}>
                {role}
              </Text>
              <Text size="sm" className="generated-text" ff="monospace">
                {content}
              </Text>
            </Box>
          ))}
        </Stack>
      </Drawer>
    </>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <Table.Tr>
      <Table.Th fw={400} c="dimmed" ta="start" w="6.5em">
        <Text size="sm">{name}</Text>
      </Table.Th>
      <Table.Td>
        <Text size="sm">{value}</Text>
      </Table.Td>
    </Table.Tr>
  )
}

function costOf({ nanoUsd, nanoUsdMost }: ForecastShown['total']): string {
  if (nanoUsd === undefined || nanoUsdMost === undefined) return 'not known: the provider has no prices'
  return nanoUsdMost === 0 ? 'nothing' : `about ${dollars(nanoUsd)}, at most ${dollars(nanoUsdMost)}`
}

function dollars(nanoUsd: number): string {
  const usd = nanoUsd / 1e9
  const digits = usd >= 1 || usd === 0 ? 2 : 4
  return `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: digits })}`
}

function count(number: number): string {
  return Math.ceil(number).toLocaleString('en')
}
