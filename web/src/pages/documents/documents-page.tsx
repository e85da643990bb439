/** The documents of a project: added by file or address, opened, removed. */
import { Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { refresh, useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'
import { AddAddress } from './add-address.tsx'
import { AddedDocuments } from './added-documents.tsx'
import { DocumentTable } from './document-table.tsx'

export function DocumentsPage() {
  const { project = '' } = useParams({ strict: false })
  const documents = useEndpoint('listDocuments', { params: { project } })
  const client = useQueryClient()
  const uploads = useUploads()
  const [job, setJob] = useState<string>()
  const [ended, setEnded] = useState<Job>()
  const add = useAction('addDocuments', {
    onDone: ({ id }) => {
      setEnded(undefined)
      setJob(id)
    },
  })
  const end = (done: Job) => {
    setEnded(done)
    refresh(client, ['listDocuments', 'showProject', 'listProjects'])
  }
  const bring = async (files: File[]) => {
    const sent = await uploads.send(files)
    if (sent) add.mutate({ params: { project }, body: { uploads: sent.map(({ upload }) => upload) } })
  }
  return (
    <Page
      title="Documents"
      lead="Manuals, papers, pages: questions with answers are grown from them, each with the passage it stands on."
    >
      <Stack gap="md">
        <FileDrop title="Drop documents here" uploads={uploads} onFiles={bring}>
          PDF, Word (DOCX), HTML, Markdown and plain text, several at once. They are read here, on this machine.
        </FileDrop>
        <AddAddress
          adding={add.isPending}
          onAdd={address => add.mutate({ params: { project }, body: { addresses: [address] } })}
        />
        <ProblemNotice error={add.error} />
        {job !== undefined && !ended && <JobProgress key={job} job={job} onEnd={end} />}
        {ended && <AddedDocuments project={project} job={ended} />}
        <Loaded of={documents}>{found => <DocumentTable project={project} documents={found} />}</Loaded>
      </Stack>
    </Page>
  )
}
