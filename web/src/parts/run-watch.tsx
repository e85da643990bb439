/** A run, live: how far it is, what became of what was asked for, how its cells fill, what it spends, and a way to pause and resume it. */
import { Alert, Badge, Group, List, Paper, Progress, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import { refresh } from '../api/use-endpoint.ts'
import { useEvents } from '../api/use-events.ts'
import { CardSection } from './card-section.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { RunCells } from './run-watch-cells.tsx'
import { RunControls } from './run-watch-controls.tsx'
import { ResumeForm, RunEnd } from './run-watch-end.tsx'
import { RunFigures } from './run-watch-figures.tsx'
import { RunFunnel } from './run-watch-funnel.tsx'
import { RunHistory } from './run-watch-history.tsx'
import { RunNotes } from './run-watch-notes.tsx'
import { failureAdvice, type RunTotals, shownCount, shownDuration, shownState, totalsOf } from './run-watch-words.ts'

interface RunWatchProps {
  run: string
  /** Called whenever it ends, with how it stands then. */
  onEnd?: (view: RunView) => void
}

export function RunWatch(props: RunWatchProps) {
  // A run that goes on is watched anew.
  const [session, setSession] = useState(0)
  return <WatchedRun key={`${props.run} ${session}`} {...props} onResumed={() => setSession(session + 1)} />
}

function WatchedRun({ run, onEnd, onResumed }: RunWatchProps & { onResumed: () => void }) {
  const { value: view, problem, lost } = useEvents('watchRun', { params: { run } })
  const client = useQueryClient()
  const wasGrowing = useRef(false)
  const ended = view !== undefined && view.state !== 'running'
  if (view?.growing) wasGrowing.current = true
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it ends
  useEffect(() => {
    if (!ended) return
    onEnd?.(view)
    // What was read while it grew is of then.
    if (wasGrowing.current)
      void refresh(client, ['listRuns', 'showRun', 'runReport', 'rejectSummary', 'listRejects', 'showProject'])
  }, [ended])
  if (problem) return <ProblemNotice problem={problem} />
  if (!view) return <Skeleton height={240} aria-label="Loading the run" aria-busy="true" />
  const totals = totalsOf(view)
  return (
    <Stack gap="md">
      <Head view={view} totals={totals}>
        <RunControls view={view} onResumed={onResumed} />
      </Head>
      {lost && (
        <Alert color="yellow" title="The connection to the studio is lost">
          Trying again by itself. What was stored is safe.
        </Alert>
      )}
      {view.waiting && <Waiting {...view.waiting} />}
      <RunEnd view={view} />
      <ResumeForm view={view} onResumed={onResumed} />
      <Paper withBorder p="md">
        <RunFigures view={view} totals={totals} />
      </Paper>
      <CardSection size="h5" title="From asked to kept">
        <RunFunnel run={view.id} project={view.project} totals={totals} critics={view.critics} />
        <RunHistory history={view.history} />
      </CardSection>
      {Object.keys(view.targets).length > 1 && (
        <CardSection size="h5" title="Cells">
          <RunCells targets={view.targets} tallies={view.tallies} />
        </CardSection>
      )}
      {totals.failed.length > 0 && (
        <CardSection size="h5" title="Units that failed">
          <Failures totals={totals} />
        </CardSection>
      )}
      {view.notes.length > 0 && (
        <CardSection size="h5" title="Worth knowing">
          <RunNotes notes={view.notes} />
        </CardSection>
      )}
      <Announced view={view} totals={totals} />
    </Stack>
  )
}

function Head({ view, totals, children }: { view: RunView; totals: RunTotals; children: ReactNode }) {
  const { word, colour } = shownState(view)
  const { kept, target } = totals
  return (
    <Stack gap={6}>
      <Group justify="space-between" align="center">
        <Group gap="sm">
          <Badge color={colour} variant="light" tt="none" size="lg">
            {word}
          </Badge>
          <Text fw={600}>
            {shownCount(kept)} of {shownCount(target)} kept
          </Text>
        </Group>
        {children}
      </Group>
      <Progress
        value={target === 0 ? 100 : (100 * kept) / target}
        size="lg"
        striped={view.growing}
        animated={view.growing}
        aria-label="Kept records of the target"
      />
    </Stack>
  )
}

function Waiting({ why, untilMs }: NonNullable<RunView['waiting']>) {
  const leftMs = untilMs === null ? 0 : untilMs - Date.now()
  return (
    <Alert color="yellow" title="Waiting">
      <span className="generated-text">{why}</span>
      {leftMs > 1000 && ` It goes on in ${shownDuration(leftMs)}.`}
    </Alert>
  )
}

function Failures({ totals }: { totals: RunTotals }) {
  return (
    <List size="sm" spacing="xs">
      {totals.failed.map(([code, count]) => {
        const { what, advice } = failureAdvice[code] ?? { what: code, advice: 'The report shows what was said.' }
        return (
          <List.Item key={code}>
            <b>
              {shownCount(count)} × {what}
            </b>
            <br />
            {advice}
          </List.Item>
        )
      })}
    </List>
  )
}

const announcedEveryMs = 5000

/** For people who hear the page: how it stands, at most every few seconds. */
function Announced({ view, totals }: { view: RunView; totals: RunTotals }) {
  const now = `${shownState(view).word}: ${shownCount(totals.kept)} of ${shownCount(totals.target)} kept`
  const newest = useRef(now)
  newest.current = now
  const [said, setSaid] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setSaid(newest.current), announcedEveryMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  )
}
