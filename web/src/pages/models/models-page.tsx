/** Models of a project: how good each version is, a new one, and whether what was grown helps. */
import { Alert, Button, Paper, Stack, Title } from '@mantine/core'
import { IconBox, IconScale } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { z } from 'zod'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { ModelTable } from './model-table.tsx'
import { ProofSection } from './proof-section.tsx'
import { TrainForm } from './train-form.tsx'

const searchSchema = z.object({ show: z.enum(['train', 'proof']).optional().catch(undefined) })

export function ModelsPage() {
  const { project = '' } = useParams({ strict: false })
  const [{ show }, change] = usePageSearch(searchSchema)
  const models = useEndpoint('listModels', { params: { project } })
  const about = useEndpoint('showProject', { params: { project } })
  const job = useOwnJob(project, ['train', 'test'])
  const navigate = useNavigate()
  const ended = (over: Job) => {
    job.ended(over)
    void models.refetch()
    const { model } = resultOf(over, 'train') ?? resultOf(over, 'test') ?? {}
    if (model !== undefined) void navigate({ to: `/p/${project}/models/${model}` })
  }
  const none = models.data?.length === 0
  const unlabelled = about.data !== undefined && !canBeLearned(about.data.project.kind, about.data)
  const training = (show === 'train' || (none && !unlabelled)) && !job.busy
  return (
    <Page
      title="Models"
      lead="Small models, trained on this machine in seconds: to see what the dataset is worth, what it lacks, and whether what was grown helps."
      actions={
        !unlabelled && (
          <>
            <Button
              leftSection={<IconBox size={16} />}
              onClick={() => change({ show: show === 'train' ? undefined : 'train' })}
              aria-expanded={training}
              disabled={none && training}
              title={none && training ? 'Choose below what it learns from.' : undefined}
            >
              Train a model
            </Button>
            <Button
              variant="default"
              leftSection={<IconScale size={16} />}
              onClick={() => change({ show: show === 'proof' ? undefined : 'proof' })}
              aria-expanded={show === 'proof'}
            >
              Does it help?
            </Button>
          </>
        )
      }
    >
      {unlabelled ? (
        <EmptyState
          title="There is nothing to learn from yet."
          action={
            <Button component={Link} to={`/p/${project}/import`}>
              Import records
            </Button>
          }
        >
          {about.data?.project.kind === 'entities'
            ? 'A model learns from texts whose entities are marked. Import some, or mark entities in the records that are there.'
            : 'A model learns from texts that have a label. Import some, or label the records that are there.'}
        </EmptyState>
      ) : (
        <Stack gap="lg">
          {job.id !== undefined && (
            <Paper withBorder p="md">
              <JobProgress key={job.id} job={job.id} onEnd={ended} />
            </Paper>
          )}
          {training && (
            <Paper withBorder p="md" component="section" aria-labelledby="train-title">
              <Title order={2} size="h4" id="train-title" mb="sm">
                {none ? 'Train the first model' : 'Train a model'}
              </Title>
              <TrainForm
                project={project}
                onBegun={begun => {
                  job.began(begun)
                  change({ show: undefined })
                }}
              />
            </Paper>
          )}
          {show === 'proof' && <ProofSection project={project} />}
          <Loaded of={models}>
            {listed => (listed.length === 0 ? null : <ModelTable project={project} models={listed} />)}
          </Loaded>
          {none && !job.busy && (
            <Alert variant="light" color="gray" title="What comes after">
              The model is tested on real records that it did not see. Then you try a text, see which labels it takes
              for one another, and put a suite of tests to it.
            </Alert>
          )}
        </Stack>
      )}
    </Page>
  )
}

function canBeLearned(kind: string, { records, labels }: { records: number; labels: Record<string, number> }): boolean {
  if (records === 0) return false
  return kind === 'entities' || Object.keys(labels).some(label => label !== '')
}
