/** Tables of a project: learned from files, drawn, faults put in, compared. */
import { Button, Paper, Stack } from '@mantine/core'
import { IconBolt, IconPencil, IconScale } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import type { AnswerOf } from '../../api/call.ts'
import { refresh, useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { useUploads } from '../../parts/use-uploads.ts'
import { FitForm } from './fit-form.tsx'
import { ModelList } from './model-list.tsx'
import { ResultsList } from './results-list.tsx'

export function TablesPage() {
  const { project = '' } = useParams({ strict: false })
  const models = useEndpoint('listTableModels', { params: { project } })
  const results = useEndpoint('listTableResults', { params: { project }, query: {} })
  const uploads = useUploads()
  const [files, setFiles] = useState<AnswerOf<'uploadFile'>[]>()
  const job = useOwnJob(project, ['fit-table'])
  const navigate = useNavigate()
  const bring = async (chosen: File[]) => {
    const sent = await uploads.send(chosen)
    if (sent) setFiles(sent)
  }
  const client = useQueryClient()
  const ended = (over: Job) => {
    job.ended(over)
    void refresh(client, ['listTableModels'])
    const done = resultOf(over, 'fit-table')
    if (done) void navigate({ to: `/p/${project}/tables/models/${done.model}` })
  }
  return (
    <Page
      title="Tables"
      lead="A table, a database or the readings of sensors that behave like the real ones and are nobody’s. What is learned holds counts, no rows, and stays on this machine."
      actions={
        <>
          <Button
            component={Link}
            to={`/p/${project}/grow/table`}
            variant="default"
            leftSection={<IconPencil size={16} />}
          >
            Declare a table
          </Button>
          <Button
            component={Link}
            to={`/p/${project}/tables/faults`}
            variant="default"
            leftSection={<IconBolt size={16} />}
          >
            Put faults in
          </Button>
          <Button
            component={Link}
            to={`/p/${project}/tables/compare`}
            variant="default"
            leftSection={<IconScale size={16} />}
          >
            Compare
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        {job.id !== undefined && (
          <Paper withBorder p="md">
            <JobProgress key={job.id} job={job.id} onEnd={ended} />
          </Paper>
        )}
        {!job.busy && (
          <FileDrop title="Drop a table to learn from here" uploads={uploads} onFiles={files => void bring(files)}>
            CSV, blank-separated text, Parquet, JSON, SQLite. Several files are several tables. Decimal commas, rows of
            units and files without a header are understood.
          </FileDrop>
        )}
        {files && !job.busy && (
          <CardSection title="Learn from it" lead={files.map(({ name }) => name).join(', ')}>
            <FitForm key={files[0]!.upload} project={project} files={files} onBegun={job.began} />
          </CardSection>
        )}
        <Loaded of={models}>
          {found =>
            found.length > 0 && (
              <CardSection title="Models" lead="Draw from one as many rows as you like.">
                <ModelList project={project} models={found} />
              </CardSection>
            )
          }
        </Loaded>
        <Loaded of={results}>
          {found =>
            found.length > 0 && (
              <CardSection title="Results">
                <ResultsList project={project} results={found} />
              </CardSection>
            )
          }
        </Loaded>
      </Stack>
    </Page>
  )
}
