/** The cases behind a test: original, test case, expected and actual result. */
import { Box, Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TrialDetail, TrialRow } from '../../../../src/model/api/suites.ts'
import { call } from '../../api/call.ts'
import { shownCount } from '../../parts/figure-words.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { MarkedChange } from './marked-change.tsx'
import { StatusBadge } from './status-badge.tsx'

type Outcome = 'failed' | 'passed' | 'error' | 'all'

export function Details({ trial, row }: { trial: string; row: TrialRow }) {
  const { test, failed, errors, category } = row
  const [outcome, setOutcome] = useState<Outcome>(failed > 0 ? 'failed' : 'all')
  const measured = category !== 'robustness' && category !== 'bias'
  const details = useInfiniteQuery({
    queryKey: ['listTrialDetails', trial, test, outcome],
    queryFn: ({ pageParam, signal }) =>
      call(
        'listTrialDetails',
        {
          params: { trial },
          query: { test, outcome: outcome === 'all' ? undefined : outcome, after: pageParam ?? undefined, limit: 25 },
        },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: page => page.next,
  })
  const rows = details.data?.pages.flatMap(page => page.details) ?? []
  const total = details.data?.pages[0]?.total ?? 0
  return (
    <Stack gap="sm" p="md">
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={`Which cases of ${test}`}
          value={outcome}
          onChange={chosen => setOutcome(chosen as Outcome)}
          data={[
            { value: 'failed', label: `Failed ${shownCount(failed)}` },
            { value: 'passed', label: `Passed ${shownCount(row.passed)}` },
            ...(errors > 0 ? [{ value: 'error', label: `No answer ${shownCount(errors)}` }] : []),
            { value: 'all', label: 'All' },
          ]}
        />
      </Group>
      <ProblemNotice error={details.error} />
      {details.isSuccess && rows.length === 0 && <Text size="sm">There is no such case.</Text>}
      {rows.length > 0 && (
        <Table verticalSpacing="xs" layout="fixed" aria-label={`Cases of ${test}`}>
          <Table.Thead>
            <Table.Tr>
              {!measured && <Table.Th>Original</Table.Th>}
              <Table.Th>{measured ? 'What is measured' : 'Test case'}</Table.Th>
              <Table.Th w="16%">{measured ? 'Asked for' : 'Expected'}</Table.Th>
              <Table.Th w="16%">{measured ? 'Has' : 'Actual'}</Table.Th>
              <Table.Th w={110}>Result</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(detail => (
              <Detail key={detail.at} detail={detail} measured={measured} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group gap="sm">
        {details.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={details.isFetchingNextPage}
            onClick={() => void details.fetchNextPage()}
          >
            Show more
          </Button>
        )}
        {rows.length > 0 && (
          <Text size="xs" c="dimmed" aria-live="polite">
            {shownCount(rows.length)} of {shownCount(total)} shown
          </Text>
        )}
      </Group>
    </Stack>
  )
}

function Detail({ detail, measured }: { detail: TrialDetail; measured: boolean }) {
  const { original, testCase, expected, actual, pass, error } = detail
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      {!measured && (
        <Table.Td className="generated-text" fz="sm">
          {original}
        </Table.Td>
      )}
      <Table.Td fz="sm">
        {measured ? (
          <span className="generated-text">{testCase}</span>
        ) : (
          <MarkedChange before={original} after={testCase} />
        )}
      </Table.Td>
      <Table.Td className="generated-text" fz="sm">
        {expected || 'nothing'}
      </Table.Td>
      <Table.Td className="generated-text" fz="sm">
        {error === null ? actual || 'nothing' : error}
      </Table.Td>
      <Table.Td>
        <Box>{error === null ? <StatusBadge pass={pass} /> : <StatusBadge pass={null} word="no answer" />}</Box>
      </Table.Td>
    </Table.Tr>
  )
}
