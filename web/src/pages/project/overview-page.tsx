/** A project at a glance: what to do next, how it is balanced, what was grown and trained last. */
import { Button, Grid, Stack } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { projectPurposes, purposeOf } from '../../../../src/model/project-purpose.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { UploadProgress } from '../../parts/file-drop.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'
import { BalanceCard } from './balance-card.tsx'
import { FirstSteps } from './first-steps.tsx'
import { NextSteps } from './next-steps.tsx'
import { RecentModels, RecentRuns } from './recent-work.tsx'
import { ReviewCard } from './review-card.tsx'

const DropZone = lazy(() => import('../../parts/drop-zone.tsx'))

export function OverviewPage() {
  const { project = '' } = useParams({ strict: false })
  const summary = useEndpoint('showProject', { params: { project } })
  const navigate = useNavigate()
  const uploads = useUploads()
  const bring = async (files: File[]) => {
    const sent = await uploads.send(files)
    if (sent)
      await navigate({
        to: '/p/$project/import',
        params: { project },
        search: { upload: sent.map(file => file.upload) },
      })
  }
  return (
    <Page
      title={project}
      lead={summary.data && leadOf(summary.data)}
      actions={
        <>
          <Button variant="default" leftSection={<IconUpload size={16} />} component={Link} to={`/p/${project}/import`}>
            Import
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            component={Link}
            to={`/p/${project}/export`}
            disabled={summary.data?.records === 0}
          >
            Export
          </Button>
        </>
      }
    >
      {uploads.error !== undefined && <ProblemNotice error={uploads.error} />}
      <UploadProgress uploads={uploads} />
      <Suspense>
        <DropZone everywhere onFiles={bring}>
          Drop the file to import it into {project}
        </DropZone>
      </Suspense>
      <Loaded of={summary}>{found => <Overview summary={found} />}</Loaded>
    </Page>
  )
}

function Overview({ summary }: { summary: ProjectSummary }) {
  const { project, records } = summary
  return (
    <Stack gap="md">
      <NextSteps summary={summary} />
      {records === 0 ? (
        <FirstSteps summary={summary} />
      ) : (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <BalanceCard project={project} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="md">
              <ReviewCard summary={summary} />
              <RecentRuns project={project.name} />
              <RecentModels project={project.name} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Stack>
  )
}

function leadOf({ project }: ProjectSummary): string {
  return project.instructions || `${projectPurposes[purposeOf(project)].title}. Its settings can say what it is for.`
}
