/** What a run has grown so far, to be reviewed on the spot: edit, tag, dislike; then import, download, or grow more. */
import { Anchor, Button, Group, Paper, Progress, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { RunView } from '../../../../src/model/api/run-shapes.ts'
import { addressOf } from '../../api/call.ts'
import { refresh, useEndpoint } from '../../api/use-endpoint.ts'
import { useEvents } from '../../api/use-events.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RunControls } from '../../parts/run-watch-controls.tsx'
import { RunEnd } from '../../parts/run-watch-end.tsx'
import { shownCount, shownCounts, shownState, totalsOf } from '../../parts/run-watch-words.ts'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { RunImport } from './run-import.tsx'
import { RunMore } from './run-more.tsx'
import { RunResult } from './run-result.tsx'

interface RunResultsProps {
  project: string
  run: string
  onGrowing: (growing: boolean) => void
  /** It goes on: what is watched begins anew. */
  onMore: () => void
}

const firstShown = 50
/** The most that one page of the API has. */
const mostShown = 500
const refreshMs = 1500

export function RunResults({ project, run, onGrowing, onMore }: RunResultsProps) {
  const { value: view, problem, lost } = useEvents('watchRun', { params: { run } })
  const [limit, setLimit] = useState(firstShown)
  const client = useQueryClient()
  const growing = view?.growing ?? false
  const ofRun = { params: { project }, query: { run } }
  const live = growing ? { refetchIntervalMs: refreshMs } : {}
  const records = useEndpoint(
    'listRecords',
    { params: { project }, query: { run, limit } },
    { ...live, keepPrevious: true },
  )
  const pending = useEndpoint(
    'countRecords',
    { params: { project }, query: { run, status: ['pending'] } },
    { ...live, keepPrevious: true },
  )
  const disliked = useEndpoint(
    'countRecords',
    { params: { project }, query: { run, status: ['rejected'] } },
    { keepPrevious: true },
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: told whenever it begins or ends, and what it ended with is read
  useEffect(() => {
    onGrowing(growing)
    void refresh(client, ['listRecords', 'countRecords', 'forecastRecipe', 'showProject'])
  }, [growing])
  const colours = useLabelColours(project)
  if (problem) return <ProblemNotice problem={problem} />
  if (!view) return <Skeleton height={160} role="status" aria-label="Loading the run" />
  const { kept } = totalsOf(view)
  return (
    <Stack gap="md">
      <Head project={project} view={view} lost={lost} onMore={onMore} />
      <Group gap="xs" align="flex-end">
        <RunImport project={project} run={run} pending={pending.data?.count ?? 0} growing={growing} />
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} />}
          href={addressOf('exportRecords', { ...ofRun, query: { run, format: 'csv' } })}
          download
          {...(kept === 0 && { 'data-disabled': true, 'aria-disabled': true })}
        >
          Download CSV
        </Button>
        {!growing && <RunMore view={view} disliked={disliked.data?.count ?? 0} onMore={onMore} />}
      </Group>
      {(disliked.data?.count ?? 0) > 0 && (
        <Text size="sm" c="dimmed">
          {shownCounts(disliked.data!.count, 'text')} disliked: left out of the import and the file, and shown to the
          teacher as what not to write when you grow more.
        </Text>
      )}
      <Loaded of={records}>
        {({ records: shown, more }) => (
          <Stack gap="xs">
            {shown.map((record, at) => (
              <RunResult key={record.id} record={record} number={at + 1} project={project} colours={colours} />
            ))}
            {shown.length === 0 && growing && <Text size="sm">The first ones come in a moment.</Text>}
            {shown.length === 0 && !growing && (
              <EmptyState title="Nothing was kept">
                <Anchor component={Link} to={`/p/${project}/runs/${run}?tab=rejects`} inherit>
                  See what was rejected, and why
                </Anchor>
              </EmptyState>
            )}
            {more && (
              <Group>
                {limit < mostShown && (
                  <Button variant="default" size="sm" onClick={() => setLimit(Math.min(mostShown, limit + 100))}>
                    Show more of them
                  </Button>
                )}
                <Anchor component={Link} to={`/p/${project}/records?run=${run}`} size="sm">
                  See all in Records
                </Anchor>
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
    </Stack>
  )
}

interface HeadProps {
  project: string
  view: RunView
  lost: boolean
  onMore: () => void
}

function Head({ project, view, lost, onMore }: HeadProps) {
  const { kept, target } = totalsOf(view)
  const said = `${shownCount(kept)} of ${shownCount(target)} kept`
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2} size="h5">
              Results
            </Title>
            <Text size="sm">
              {shownState(view).word}: {said}
            </Text>
            <Anchor component={Link} to={`/p/${project}/runs/${view.id}`} size="sm">
              All about this run
            </Anchor>
          </Group>
          <RunControls view={view} onResumed={onMore} />
        </Group>
        <Progress
          value={target === 0 ? 100 : (100 * kept) / target}
          striped={view.growing}
          animated={view.growing}
          aria-label="Kept records of the target"
        />
        {view.waiting && <Text size="sm">{view.waiting.why}</Text>}
        {lost && <Text size="sm">The connection is lost; trying again …</Text>}
        <RunEnd view={view} />
        <VisuallyHidden aria-live="polite">{view.growing ? '' : `${shownState(view).word}: ${said}`}</VisuallyHidden>
      </Stack>
    </Paper>
  )
}
