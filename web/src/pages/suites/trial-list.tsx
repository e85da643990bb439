/** What was generated and run, newest first. */
import { Anchor, Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TrialSummary } from '../../../../src/model/api/suite-shapes.ts'
import { shownCount, shownCounts, shownWhen } from '../../parts/figure-words.ts'
import { StatusBadge } from './status-badge.tsx'

const fewShown = 10

export function TrialList({ project, trials }: { project: string; trials: TrialSummary[] }) {
  const [all, setAll] = useState(false)
  if (trials.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing was tested yet.
      </Text>
    )
  return (
    <>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label="Results, scrolls sideways">
        <Table verticalSpacing="xs" tabularNums aria-label="Results">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>Suite</Table.Th>
              <Table.Th>Model</Table.Th>
              <Table.Th ta="right">Test cases</Table.Th>
              <Table.Th>Result</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(all ? trials : trials.slice(0, fewShown)).map(trial => (
              <Table.Tr key={trial.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/p/${project}/trials/${trial.id}`} size="sm">
                    {shownWhen(trial.ranMs ?? trial.createdMs)}
                  </Anchor>
                </Table.Td>
                <Table.Td>{trial.suite}</Table.Td>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{trial.target ?? '–'}</Table.Td>
                <Table.Td ta="right">{shownCount(trial.cases)}</Table.Td>
                <Table.Td>
                  {trial.pass === null ? (
                    <StatusBadge pass={null} word="not run yet" />
                  ) : (
                    <StatusBadge
                      pass={trial.pass}
                      word={
                        trial.failedTests === 0
                          ? `${shownCounts(trial.tests, 'test')} passed`
                          : `${trial.failedTests} of ${trial.tests} failed`
                      }
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {trials.length > fewShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)} style={{ alignSelf: 'flex-start' }}>
          {all ? 'Show fewer' : `Show all ${shownCount(trials.length)}`}
        </Button>
      )}
    </>
  )
}
