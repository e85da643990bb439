/** Uploaded files on their way into a project: how they are read, what their columns are, what comes of them. */
import { Button, Group, LoadingOverlay, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ImportChoice } from '../../../../src/model/api/imports.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { givenRole, mappingOf, type Roles, withRoles } from './column-mapping.ts'
import { ImportColumns } from './import-columns.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportOptions, type ImportOptionsValue } from './import-options.tsx'
import { ImportPreview } from './import-preview.tsx'
import { type ReadingChoice, ReadingOptions } from './reading-options.tsx'
import { inStudioWords } from './studio-words.ts'

interface ImportFileProps {
  project: string
  uploads: string[]
  onAnother: () => void
}

export function ImportFile({ project, uploads, onAnother }: ImportFileProps) {
  const [reading, setReading] = useState<ReadingChoice>({})
  const [roles, setRoles] = useState<Roles>(new Map())
  const [mapping, setMapping] = useState<ImportChoice['mapping']>()
  const [options, setOptions] = useState<ImportOptionsValue>({ split: 'train', tags: [], addLabels: undefined })
  const [job, setJob] = useState<string>()
  const [ended, setEnded] = useState<Job>()
  const settings = useEndpoint('projectSettings', { params: { project } })
  const choice: ImportChoice = { uploads, ...reading, ...(mapping && { mapping }), split: options.split }
  const peek = useEndpoint('peekImport', { params: { project }, body: choice }, { keepPrevious: true })
  const start = useAction('importUpload', { onDone: ({ id }) => setJob(id) })
  // What the columns are said to be holds for the format that has them, and for no other.
  const read = (next: ReadingChoice) => {
    setReading(next)
    setRoles(new Map())
    setMapping(undefined)
  }
  if (job !== undefined)
    return ended ? (
      <ImportDone project={project} job={ended} onAnother={onAnother} />
    ) : (
      <Paper withBorder p="md">
        <JobProgress job={job} onEnd={setEnded} />
      </Paper>
    )
  const found = peek.error ? undefined : peek.data
  return (
    <Stack gap="lg">
      <ReadingOptions value={reading} onChange={read} peek={found} onAnother={onAnother} />
      {peek.error ? (
        <ProblemNotice problem={inStudioWords(peek.error.problem)} />
      ) : (
        <Loaded of={peek}>
          {shown => {
            const mayOpen = settings.data?.labels.length === 0 && shown.newLabels.length <= 100
            const addLabels = options.addLabels ?? mayOpen
            const isBare = shown.rows === 0
            return (
              <Stack gap="lg" pos="relative">
                <LoadingOverlay
                  visible={peek.isPlaceholderData}
                  zIndex={5}
                  overlayProps={{ backgroundOpacity: 0.35 }}
                />
                <ImportColumns
                  columns={withRoles(shown.columns, roles)}
                  onRole={(name, role) => {
                    const given = givenRole(shown.columns, roles, name, role)
                    setRoles(given)
                    setMapping(mappingOf(shown, given))
                    setReading({ ...reading, format: shown.format })
                  }}
                />
                <ImportPreview project={project} peek={shown} />
                <ImportOptions
                  name={project}
                  peek={shown}
                  project={settings.data}
                  value={{ ...options, addLabels }}
                  onChange={setOptions}
                />
                <ProblemNotice error={start.error} />
                <Group>
                  <Button
                    size="md"
                    loading={start.isPending}
                    disabled={shown.lacksText || isBare}
                    onClick={() =>
                      start.mutate({
                        params: { project },
                        body: {
                          ...choice,
                          format: shown.format,
                          addLabels,
                          ...(options.tags.length > 0 && { tags: options.tags }),
                        },
                      })
                    }
                  >
                    {shown.more
                      ? 'Import all rows'
                      : `Import ${shown.rows.toLocaleString('en')} ${shown.rows === 1 ? 'row' : 'rows'}`}
                  </Button>
                  <Button variant="default" size="md" onClick={onAnother}>
                    Choose another file
                  </Button>
                  {(shown.lacksText || isBare) && (
                    <Text size="sm">
                      {shown.lacksText
                        ? 'Say above which column is the text.'
                        : 'None of the rows that were looked at can be taken as it stands.'}
                    </Text>
                  )}
                </Group>
              </Stack>
            )
          }}
        </Loaded>
      )}
    </Stack>
  )
}
