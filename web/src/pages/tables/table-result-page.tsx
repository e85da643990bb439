/** What was drawn, injected or compared: its files, what it comes to, and for a comparison the whole report. */
import { Anchor, Badge, Button, Group, List, Stack, Table, Text } from '@mantine/core'
import { IconDownload, IconScale } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ShownTableResult } from '../../../../src/model/api/tables.ts'
import { addressOf } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { shownCounts, shownScore, shownWhen } from '../../parts/figure-words.ts'
import { megabytes } from '../../parts/file-drop.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { RemovalButton } from '../../parts/removal-button.tsx'
import { ComparisonReport } from './comparison-report.tsx'
import { levelColours, resultWords } from './table-words.ts'

export function TableResultPage() {
  const { project = '', result: id = '' } = useParams({ strict: false })
  const shown = useEndpoint('showTableResult', { params: { result: id } })
  const { data } = shown
  return (
    <Page
      title={data?.title ?? 'Result'}
      lead={data && `${resultWords[data.kind]}, ${shownWhen(data.createdMs)}.`}
      actions={
        data && (
          <>
            {data.kind === 'sample' && (
              <Button
                component={Link}
                to={`/p/${project}/tables/compare?sample=${encodeURIComponent(data.id)}`}
                leftSection={<IconScale size={16} />}
              >
                Compare with the real table
              </Button>
            )}
            <RemoveResult project={project} result={data} />
          </>
        )
      }
    >
      <Loaded of={shown}>
        {result => (
          <Stack gap="lg">
            {result.verdict && <ShownVerdict verdict={result.verdict} ofAllTables={qualityOfAll(result)} />}
            <Files result={result} />
            {result.notes.length > 0 && (
              <CardSection title="What to know">
                <List size="sm">
                  {result.notes.map(note => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              </CardSection>
            )}
            {result.kind === 'comparison' && <ComparisonReport result={result.id} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function Files({ result }: { result: ShownTableResult }) {
  const rows = Object.entries(result.rows)
  return (
    <CardSection title="Files" lead={rows.map(([name, count]) => `${name}: ${shownCounts(count, 'row')}`).join(' · ')}>
      <Table aria-label="Files">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.files.map(({ name, bytes }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Anchor
                  href={addressOf('downloadTableResult', { params: { result: result.id, file: name } })}
                  download={name}
                  aria-label={`Download ${name}`}
                  size="sm"
                  style={{ display: 'inline-flex', gap: 6, alignItems: 'center', minHeight: 24 }}
                >
                  <IconDownload size={14} aria-hidden style={{ flexShrink: 0 }} />
                  <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
                </Anchor>
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {megabytes(bytes)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </CardSection>
  )
}

/** Of one table, a finding says it. */
function qualityOfAll({ rows, quality }: ShownTableResult): number | null {
  return Object.keys(rows).length > 1 ? (quality?.score ?? null) : null
}

interface ShownVerdictProps {
  verdict: NonNullable<ShownTableResult['verdict']>
  /** SDMetrics’ quality, where there are several tables. */
  ofAllTables: number | null
}

function ShownVerdict({ verdict, ofAllTables }: ShownVerdictProps) {
  const { headline, findings, notMeasured } = verdict
  return (
    <CardSection title="Verdict">
      <Text fw={600}>{headline}</Text>
      {ofAllTables !== null && (
        <Text size="sm" c="dimmed">
          SDMetrics’ quality over all tables: {shownScore(ofAllTables)}
        </Text>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {findings.map(({ about, level, text }) => (
          <Group key={text} component="li" gap="sm" wrap="nowrap" align="flex-start">
            <Badge color={levelColours[level]} variant="light" w={64} style={{ flexShrink: 0 }}>
              {level}
            </Badge>
            <Text size="sm">
              <Text span c="dimmed" size="sm">
                {about}:{' '}
              </Text>
              {text}
            </Text>
          </Group>
        ))}
      </Stack>
      {notMeasured.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            Not measured
          </Text>
          <List size="sm">
            {notMeasured.map(line => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </>
      )}
    </CardSection>
  )
}

function RemoveResult({ project, result }: { project: string; result: ShownTableResult }) {
  const navigate = useNavigate()
  const remove = useAction('removeTableResult', {
    changes: ['listTableResults'],
    onDone: () => void navigate({ to: `/p/${project}/tables` }),
  })
  return (
    <RemovalButton
      title={`Remove ${result.title}?`}
      removal={remove}
      onRemove={() => remove.mutate({ params: { result: result.id } })}
    >
      Its files go for good: {result.files.map(({ name }) => name).join(', ')}. The model it was drawn from stays.
    </RemovalButton>
  )
}
