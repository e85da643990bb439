/** What a run proposed and did not keep: by critic and reason, searched, and taken into the dataset after all. */
import { Box, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Reject } from '../../../../src/model/api/run-shapes.ts'
import { type AnswerOf, call, type ProblemError, type SentTo } from '../../api/call.ts'
import { refresh, useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { shownCount, shownCounts } from '../../parts/run-watch-words.ts'
import { RejectReasons } from './reject-reasons.tsx'
import { RunExample } from './run-example.tsx'
import type { RunSearch } from './run-search.ts'

const changed = ['listRejects', 'rejectSummary', 'runReport', 'listRecords', 'countRecords', 'showProject'] as const

export function RunRejects({ project, run }: { project: string; run: string }) {
  const chosen: RunSearch = useSearch({ from: '/shell/p/$project/runs/$run' })
  const navigate = useNavigate({ from: '/p/$project/runs/$run' })
  const choose = (choice: Partial<RunSearch>) =>
    void navigate({ search: { ...chosen, tab: 'rejects', ...choice }, replace: true, resetScroll: false })
  const search = useDebouncedCallback((text: string) => choose({ search: text === '' ? undefined : text }), 300)
  const summary = useEndpoint('rejectSummary', { params: { run } })
  return (
    <Loaded of={summary}>
      {found => {
        const { rejected, surplus, restored } = found
        if (rejected + surplus + restored === 0)
          return (
            <EmptyState title="Nothing was rejected">
              Whatever the run proposes and does not keep is found here, with the reason.
            </EmptyState>
          )
        const outcome = chosen.outcome ?? (rejected > 0 ? 'rejected' : surplus > 0 ? 'surplus' : 'restored')
        return (
          <Stack>
            <RejectReasons summary={found} chosen={chosen} onChoose={choose} />
            <Group align="flex-end" gap="sm">
              <Box maw="100%" style={{ overflowX: 'auto' }}>
                <SegmentedControl
                  aria-label="Which candidates"
                  value={outcome}
                  onChange={value =>
                    choose({
                      outcome: value as Reject['outcome'],
                      ...(value !== 'rejected' && { critic: undefined, reason: undefined }),
                    })
                  }
                  data={[
                    { value: 'rejected', label: `Rejected ${shownCount(rejected)}` },
                    { value: 'surplus', label: `Surplus ${shownCount(surplus)}` },
                    { value: 'restored', label: `Restored ${shownCount(restored)}` },
                  ]}
                />
              </Box>
              <TextInput
                aria-label="Search in texts and reasons"
                placeholder="Search in texts and reasons"
                leftSection={<IconSearch size={16} />}
                defaultValue={chosen.search ?? ''}
                onChange={event => search(event.currentTarget.value)}
                flex={1}
                miw={200}
              />
            </Group>
            <RejectList
              project={project}
              sent={{ params: { run }, query: { ...narrowedBy(chosen), outcome: [outcome] } }}
            />
          </Stack>
        )
      }}
    </Loaded>
  )
}

/** What the list is narrowed by, without what only the page knows. */
function narrowedBy({ critic, reason, search }: RunSearch) {
  return { critic, reason, search }
}

function RejectList({ project, sent }: { project: string; sent: SentTo<'listRejects'> }) {
  const client = useQueryClient()
  const pages = useInfiniteQuery<AnswerOf<'listRejects'>, ProblemError>({
    queryKey: ['listRejects', sent],
    queryFn: ({ signal, pageParam }) =>
      call(
        'listRejects',
        { ...sent, query: { ...sent.query, ...(typeof pageParam === 'string' && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  })
  const undo = useAction('undo', { changes: [...changed] })
  const restore = useAction('decide', {
    changes: [...changed],
    onDone: ({ first, last, decided }) => {
      if (first === null || last === null) return
      const sequences = Array.from({ length: last - first + 1 }, (_, at) => first + at)
      const id = notifications.show({
        autoClose: 10_000,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{shownCounts(decided, 'record')} restored into the dataset</Text>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                notifications.hide(id)
                void call('undo', { params: { project }, body: { sequences } }).then(() =>
                  refresh(client, [...changed]),
                )
              }}
            >
              Undo
            </Button>
          </Group>
        ),
      })
    },
  })
  const take = (records: Reject[]) =>
    restore.mutate({
      params: { project },
      body: { decisions: records.map(({ id }) => ({ kind: 'restore' as const, record: id })) },
    })
  if (pages.error && !pages.data) return <ProblemNotice error={pages.error} />
  const found = pages.data?.pages.flatMap(({ rejects }) => rejects) ?? []
  const restorable = found.filter(isRestorable)
  if (pages.isSuccess && found.length === 0)
    return <EmptyState title="Nothing fits">Choose another critic or reason, or search for something else.</EmptyState>
  return (
    <Stack gap="sm" aria-busy={pages.isPending}>
      <ProblemNotice error={restore.error ?? undo.error} />
      {restorable.length > 1 && (
        <Group>
          <Button size="xs" variant="default" loading={restore.isPending} onClick={() => take(restorable)}>
            Restore the {shownCount(restorable.length)} shown
          </Button>
        </Group>
      )}
      {found.map(reject => (
        <RunExample
          key={reject.id}
          project={project}
          record={reject}
          said={<Said reject={reject} />}
          action={
            reject.outcome === 'restored' ? (
              <Button
                size="xs"
                variant="subtle"
                aria-label={`Undo restoring: ${reject.text.slice(0, 60)}`}
                onClick={() => undo.mutate({ params: { project }, body: { record: reject.id } })}
              >
                Undo
              </Button>
            ) : !isRestorable(reject) ? null : (
              <Button
                size="xs"
                variant="default"
                disabled={restore.isPending}
                aria-label={`Restore: ${reject.text.slice(0, 60)}`}
                onClick={() => take([reject])}
              >
                Restore
              </Button>
            )
          }
        />
      ))}
      {pages.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Stack>
  )
}

/** A refusal holds nothing that could be taken in. */
function isRestorable({ outcome, fields }: Reject): boolean {
  return outcome !== 'restored' && Object.keys(fields).length > 0
}

function Said({ reject: { critic, reason, outcome } }: { reject: Reject }) {
  if (critic === null) return outcome === 'surplus' ? 'Nothing was wrong with it: its cell was full.' : null
  return (
    <>
      <b>{critic}</b>
      {reason && `: ${reason}`}
    </>
  )
}
