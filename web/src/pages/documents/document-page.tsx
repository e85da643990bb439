/** One document: its text by headings and pages, and the chunks that generators see. */
import { Alert, Button, List, Stack, Tabs, Text } from '@mantine/core'
import { IconPlant2 } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { megabytes } from '../../parts/file-drop.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { DocumentChunks } from './document-chunks.tsx'
import { DocumentText } from './document-text.tsx'

export function DocumentPage() {
  const { project = '', document: id = '' } = useParams({ strict: false })
  const { view = 'text' } = useSearch({ from: '/shell/p/$project/documents/$document' })
  const navigate = useNavigate()
  const document = useEndpoint('showDocument', { params: { project, document: id } })
  const show = (chosen: string | null) =>
    navigate({
      to: '/p/$project/documents/$document',
      params: { project, document: id },
      search: chosen === 'chunks' ? { view: 'chunks' } : {},
      replace: true,
    })
  return (
    <Page
      title={document.data?.name ?? 'Document'}
      lead={document.data && factsOf(document.data)}
      actions={
        <Button
          component={Link}
          to={`/p/${project}/grow/document-qa?document=${encodeURIComponent(id)}`}
          leftSection={<IconPlant2 size={18} />}
        >
          Questions from this document
        </Button>
      }
    >
      <Loaded of={document}>
        {found => (
          <Stack gap="md">
            {found.notes.length > 0 && (
              <Alert color="yellow" title="How it was read">
                <List size="sm">
                  {found.notes.map(note => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              </Alert>
            )}
            <Tabs value={view} onChange={show} keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab value="text">Text</Tabs.Tab>
                <Tabs.Tab value="chunks">Chunks</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="text" pt="md">
                {found.markdown.trim() === '' ? (
                  <Text size="sm">No text was found in it. A scan needs text recognition first.</Text>
                ) : (
                  <DocumentText markdown={found.markdown} pageStarts={found.pageStarts} />
                )}
              </Tabs.Panel>
              <Tabs.Panel value="chunks" pt="md">
                <DocumentChunks project={project} document={id} />
              </Tabs.Panel>
            </Tabs>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function factsOf({ title, name, format, pages, characters, bytes, address }: AnswerOf<'showDocument'>): string {
  return [
    ...(title && title !== name ? [title] : []),
    format,
    ...(pages > 0 ? [`${pages.toLocaleString('en')} ${pages === 1 ? 'page' : 'pages'}`] : []),
    `${characters.toLocaleString('en')} characters`,
    megabytes(bytes),
    ...(address ? [address] : []),
  ].join(' · ')
}
