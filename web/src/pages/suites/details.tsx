/** The cases behind a test: original, test case, expected and actual result. */
import { Button, Group, Paper, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { TrialDetail, TrialRow } from '../../../../src/model/api/suite-shapes.ts'
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
  const narrow = useMediaQuery('(max-width: 48em)')
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
    // Stays in view while the results are scrolled sideways.
    <Stack gap="sm" p="md" pos="sticky" left={0} maw="calc(100vw - 2rem)">
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
      {rows.length > 0 &&
        (narrow ? (
          <Stack component="ul" gap="sm" m={0} p={0} aria-label={`Cases of ${test}`}>
            {rows.map(detail => (
              <DetailCard key={detail.at} detail={detail} measured={measured} />
            ))}
          </Stack>
        ) : (
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
                <DetailRow key={detail.at} detail={detail} measured={measured} />
              ))}
            </Table.Tbody>
          </Table>
        ))}
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

interface DetailProps {
  detail: TrialDetail
  measured: boolean
}

function DetailRow({ detail, measured }: DetailProps) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      {!measured && (
        <Table.Td className="generated-text" fz="sm">
          {detail.original}
        </Table.Td>
      )}
      <Table.Td fz="sm">
        <Changed detail={detail} measured={measured} />
      </Table.Td>
      <Table.Td className="generated-text" fz="sm">
        {detail.expected || 'nothing'}
      </Table.Td>
      <Table.Td className="generated-text" fz="sm">
        {actualOf(detail)}
      </Table.Td>
      <Table.Td>
        <Result detail={detail} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Where a row has no room. */
function DetailCard({ detail, measured }: DetailProps) {
  const parts: [string, ReactNode][] = [
    ...(measured ? [] : [['Original', detail.original] as [string, ReactNode]]),
    [measured ? 'What is measured' : 'Test case', <Changed key="case" detail={detail} measured={measured} />],
    [measured ? 'Asked for' : 'Expected', detail.expected || 'nothing'],
    [measured ? 'Has' : 'Actual', actualOf(detail)],
  ]
  return (
    <Paper component="li" withBorder p="sm" style={{ listStyle: 'none' }}>
      <Stack gap={6}>
        {parts.map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text size="sm" component="div" className="generated-text">
              {value}
            </Text>
          </div>
        ))}
        <Result detail={detail} />
      </Stack>
    </Paper>
  )
}

function Changed({ detail: { original, testCase }, measured }: DetailProps) {
  if (measured) return <span className="generated-text">{testCase}</span>
  return <MarkedChange before={original} after={testCase} />
}

function actualOf({ actual, error }: TrialDetail): string {
  return error ?? (actual || 'nothing')
}

function Result({ detail: { pass, error } }: Pick<DetailProps, 'detail'>) {
  return error === null ? <StatusBadge pass={pass} /> : <StatusBadge pass={null} word="no answer" />
}
