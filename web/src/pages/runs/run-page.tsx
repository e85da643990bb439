/** One run: live, its records, what it rejected, its report, its recipe and the card of what it grew. */
import { Anchor, Breadcrumbs, Skeleton, Tabs, Text } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { RunWatch } from '../../parts/run-watch.tsx'
import { shownTime } from '../../parts/run-watch-words.ts'
import type { RunSearch, RunTab } from './run-search.ts'

const RunRecords = lazy(async () => ({ default: (await import('./run-records.tsx')).RunRecords }))
const RunRejects = lazy(async () => ({ default: (await import('./run-rejects.tsx')).RunRejects }))
const RunReport = lazy(async () => ({ default: (await import('./run-report.tsx')).RunReport }))
const RunRecipe = lazy(async () => ({ default: (await import('./run-recipe.tsx')).RunRecipe }))
const RunCard = lazy(async () => ({ default: (await import('./run-card.tsx')).RunCard }))

const names: Record<RunTab, string> = {
  overview: 'Overview',
  records: 'Records',
  rejects: 'Rejects',
  report: 'Report',
  recipe: 'Recipe',
  card: 'Card',
}

export function RunPage() {
  const { project, run: id } = useParams({ from: '/shell/p/$project/runs/$run' })
  const search: RunSearch = useSearch({ from: '/shell/p/$project/runs/$run' })
  const navigate = useNavigate({ from: '/p/$project/runs/$run' })
  const run = useEndpoint('showRun', { params: { run: id } })
  const tab = search.tab ?? 'overview'
  const title = run.data ? `Run ${run.data.view.id.slice(0, 8)}: ${run.data.view.generator}` : `Run ${id.slice(0, 8)}`
  return (
    <Page
      title={title}
      lead={
        run.data && (
          <>
            Begun {shownTime(run.data.view.createdMs)}
            {run.data.who !== null && ` by ${run.data.who}`}
          </>
        )
      }
    >
      <Breadcrumbs aria-label="Where this page is">
        <Anchor component={Link} to={`/p/${project}/runs`} size="sm">
          Runs of {project}
        </Anchor>
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
          {id}
        </Text>
      </Breadcrumbs>
      <Loaded of={run}>
        {shown => (
          <Tabs
            value={tab}
            onChange={value =>
              void navigate({ search: value === 'overview' || !value ? {} : { tab: value as RunTab }, replace: true })
            }
            keepMounted={false}
          >
            <Tabs.List mb="md">
              {Object.entries(names).map(([value, name]) => (
                <Tabs.Tab key={value} value={value}>
                  {name}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Suspense fallback={<Skeleton height={240} aria-label="Loading" />}>
              <Tabs.Panel value="overview">
                <RunWatch run={shown.view.id} />
              </Tabs.Panel>
              <Tabs.Panel value="records">
                <RunRecords project={project} run={shown.view.id} />
              </Tabs.Panel>
              <Tabs.Panel value="rejects">
                <RunRejects project={project} run={shown.view.id} />
              </Tabs.Panel>
              <Tabs.Panel value="report">
                <RunReport run={shown.view.id} />
              </Tabs.Panel>
              <Tabs.Panel value="recipe">
                <RunRecipe shown={shown} />
              </Tabs.Panel>
              <Tabs.Panel value="card">
                <RunCard run={shown.view.id} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        )}
      </Loaded>
    </Page>
  )
}
