/** What questions are asked about: the project’s documents, some of them, or a text written here. */
import { Anchor, Input, Loader, MultiSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { refresh, useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { problemText } from '../../form/field.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'
import type { PanelProps } from './panels.ts'

type From = 'all' | 'only' | 'text'

export function DocumentChoice({ project, params, onChange, problems }: PanelProps) {
  const documents = useEndpoint('listDocuments', { params: { project } })
  const [chosen, setChosen] = useState<From>()
  const { only, text, ...rest } = params
  const from: From = text !== undefined ? 'text' : only !== undefined ? 'only' : (chosen ?? 'all')
  if (documents.error) return <ProblemNotice error={documents.error} />
  if (!documents.data) return <Loader size="sm" aria-label="Looking for documents" />
  const known = documents.data
  const named = Array.isArray(only) ? only.map(String) : []
  const ids = named.map(each => known.find(({ name }) => name === each)?.id ?? each)
  const options = [
    ...known.map(({ id, name, title }) => ({ value: id, label: title && title !== name ? `${name}: ${title}` : name })),
    ...ids.filter(id => !known.some(document => document.id === id)).map(id => ({ value: id, label: id })),
  ]
  return (
    <Stack gap="sm">
      <Input.Label component="div" id="asked-about">
        What to ask about
      </Input.Label>
      <SegmentedControl
        aria-labelledby="asked-about"
        style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
        data={[
          { value: 'all', label: `All documents (${known.length.toLocaleString('en')})` },
          { value: 'only', label: 'Some of them' },
          { value: 'text', label: 'A text' },
        ]}
        value={from}
        onChange={next => {
          setChosen(next as From)
          onChange(rest)
        }}
      />
      {from === 'only' && (
        <MultiSelect
          label="Documents"
          placeholder={ids.length === 0 ? 'Choose some' : ''}
          data={options}
          value={ids}
          error={problemText({ path: 'only', problems })}
          searchable
          onChange={next => onChange(next.length === 0 ? rest : { ...rest, only: next })}
        />
      )}
      {from === 'text' && (
        <Textarea
          label="Text"
          description="The text to ask about, instead of a document"
          autosize
          minRows={6}
          maxRows={24}
          value={typeof text === 'string' ? text : ''}
          error={problemText({ path: 'text', problems })}
          onChange={event =>
            onChange(event.currentTarget.value === '' ? rest : { ...rest, text: event.currentTarget.value })
          }
        />
      )}
      {from === 'all' && known.length > 0 && (
        <Text size="sm" c="dimmed">
          {known
            .slice(0, 5)
            .map(({ name }) => name)
            .join(', ')}
          {known.length > 5 ? ` and ${(known.length - 5).toLocaleString('en')} more` : ''}.{' '}
          <Anchor component={Link} to={`/p/${project}/documents`} inherit>
            Add or look at documents
          </Anchor>
        </Text>
      )}
      {from !== 'text' && known.length === 0 && <AddDocuments project={project} />}
    </Stack>
  )
}

function AddDocuments({ project }: { project: string }) {
  const client = useQueryClient()
  const uploads = useUploads()
  const add = useAction('addDocuments')
  const send = async (files: File[]) => {
    const sent = await uploads.send(files)
    if (sent) add.mutate({ params: { project }, body: { uploads: sent.map(({ upload }) => upload) } })
  }
  return (
    <Stack gap="xs">
      <FileDrop
        title="This project has no documents yet. Drop some here"
        uploads={uploads}
        onFiles={files => void send(files)}
      >
        PDF, DOCX, HTML, Markdown or text. They stay on this machine; the teacher is shown chunks of them.
      </FileDrop>
      <ProblemNotice error={add.error} />
      {add.data && (
        <JobProgress
          job={add.data.id}
          onEnd={() => void refresh(client, ['listDocuments', 'checkRecipe', 'forecastRecipe'])}
        />
      )}
    </Stack>
  )
}
