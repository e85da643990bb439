/** Import: files are dropped, looked at, mapped, imported. */
import { Accordion, Code, List, Stack, Text } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { Page } from '../../parts/page.tsx'
import { useUploads } from '../../parts/use-uploads.ts'
import { ImportFile } from './import-file.tsx'

export function ImportRecordsPage() {
  const { project = '' } = useParams({ strict: false })
  const { upload = [] } = useSearch({ from: '/shell/p/$project/import' })
  const navigate = useNavigate()
  const uploads = useUploads()
  const show = (ids: string[]) =>
    navigate({ to: '/p/$project/import', params: { project }, search: ids.length > 0 ? { upload: ids } : {} })
  const bring = async (files: File[]) => {
    const sent = await uploads.send(files)
    if (sent) await show(sent.map(file => file.upload))
  }
  return (
    <Page
      title="Import records"
      lead={`What a file holds is shown first; nothing is stored in ${project} before you say so.`}
    >
      {upload.length > 0 ? (
        <ImportFile key={upload.join()} project={project} uploads={upload} onAnother={() => show([])} />
      ) : (
        <>
          <FileDrop title="Drop a file here" uploads={uploads} onFiles={bring}>
            CSV, TSV, JSON, JSON Lines, CoNLL and the exports of Label Studio, Generative AI Lab, Doccano, Prodigy,
            spaCy, Argilla, Hugging Face, fastText and chat models. The format is found out; several files at once are
            one dataset.
          </FileDrop>
          <AllFormats />
        </>
      )}
    </Page>
  )
}

function AllFormats() {
  const { data = [] } = useEndpoint('listFormats', {})
  return (
    <Accordion variant="contained">
      <Accordion.Item value="formats">
        <Accordion.Control>Which files can be read?</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="xs">
            <Text size="sm">
              Rows with a column of text are enough. An Excel sheet is saved as CSV (UTF-8) first; Parquet as JSON
              Lines.
            </Text>
            <List size="sm" spacing={4}>
              {data.map(({ kind, summary, extensions }) => (
                <List.Item key={kind}>
                  <Code>{kind}</Code> {summary}
                  {extensions.length > 0 && ` (.${extensions.join(', .')})`}
                </List.Item>
              ))}
            </List>
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
