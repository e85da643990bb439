/** Export: a format, a choice of records, how it will look, the file. */
import { Alert, Button, Code, Group, List, Paper, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileDescription } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { addressOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ExportChoice } from './export-choice.tsx'
import type { ExportSearch } from './export-search.ts'
import { FormatChoice } from './format-choice.tsx'
import { Section } from './section.tsx'

export function ExportRecordsPage() {
  const { project = '' } = useParams({ strict: false })
  const search = useSearch({ from: '/shell/p/$project/export' })
  const navigate = useNavigate()
  const summary = useEndpoint('showProject', { params: { project } })
  const formats = useEndpoint('listFormats', {})
  const kind = search.format ?? 'jsonl'
  const format = formats.data?.find(each => each.kind === kind)
  const change = (part: ExportSearch) =>
    navigate({ to: '/p/$project/export', params: { project }, search: { ...search, ...part }, replace: true })
  return (
    <Page title="Export" lead="Choose a format; what it cannot hold is said before you take the file.">
      <Loaded of={summary}>
        {found =>
          found.records === 0 ? (
            <EmptyState title={`${project} holds no record yet.`}>Import or grow some first.</EmptyState>
          ) : (
            <Stack gap="lg">
              <Section title="Format">
                <FormatChoice
                  formats={formats.data ?? []}
                  value={kind}
                  onChange={chosen => change({ format: chosen })}
                />
              </Section>
              <Section title="Which records">
                <ExportChoice summary={found} value={search} onChange={change} format={format} />
              </Section>
              {format?.needsTemplate && !search.template ? (
                <Alert color="blue" title="Say how a line is made, and the preview follows." />
              ) : (
                <Preview project={project} search={{ ...search, format: kind }} loses={format?.loses ?? []} />
              )}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  )
}

function Preview({ project, search, loses }: { project: string; search: ExportSearch; loses: string[] }) {
  const sent = { params: { project }, query: search }
  const preview = useEndpoint('previewExport', sent, { keepPrevious: true })
  if (preview.error) return <ProblemNotice error={preview.error} />
  return (
    <Loaded of={preview}>
      {({ records, text, notes, looked, beside }) => (
        <>
          {(notes.length > 0 || loses.length > 0) && (
            <Alert
              color={notes.length > 0 ? 'yellow' : 'gray'}
              title={
                notes.length > 0 ? 'What to know of this file' : `${search.format} holds all that these records have`
              }
            >
              {notes.length > 0 ? (
                <List size="sm">
                  {notes.map(note => (
                    <List.Item key={note} style={{ overflowWrap: 'anywhere' }}>
                      {note}
                    </List.Item>
                  ))}
                  {looked < records && <List.Item>Told of the first {looked.toLocaleString('en')} records.</List.Item>}
                </List>
              ) : (
                <Text size="sm">It could not hold {loses.join(', ')}; there are none.</Text>
              )}
            </Alert>
          )}
          <Section title="How it will look">
            <Paper
              withBorder
              p="sm"
              mah={420}
              style={{ overflow: 'auto' }}
              tabIndex={0}
              role="region"
              aria-label="First records of the file"
            >
              <Code block bg="transparent" p={0} className="generated-text">
                {text || 'No record fits.'}
              </Code>
            </Paper>
          </Section>
          <Group aria-live="polite">
            {records > 0 ? (
              <Button
                component="a"
                href={addressOf('exportRecords', sent)}
                download
                size="md"
                leftSection={<IconDownload size={18} />}
              >
                Download {records.toLocaleString('en')} {records === 1 ? 'record' : 'records'}
              </Button>
            ) : (
              <Text size="sm">No record fits what is chosen above.</Text>
            )}
            {beside && records > 0 && (
              <Button
                component="a"
                href={addressOf('exportRecords', { ...sent, query: { ...search, part: 'beside' } })}
                download
                variant="default"
                size="md"
                leftSection={<IconDownload size={18} />}
              >
                Its {beside.replace(/^\./, '')}
              </Button>
            )}
            <Button
              component="a"
              href={addressOf('downloadCard', { params: { project } })}
              download
              variant="default"
              size="md"
              leftSection={<IconFileDescription size={18} />}
            >
              Dataset card
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            The card tells a reader what the dataset is, how it was grown, and what to beware of.
            {search.format === 'hugging-face' &&
              ' A whole folder for Hugging Face, a file for each split and the card as its README, is written by “cultivar records export --format hugging-face --out DIR”.'}
          </Text>
        </>
      )}
    </Loaded>
  )
}
