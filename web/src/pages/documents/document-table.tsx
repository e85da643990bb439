/** The documents of a project in a table. */
import { ActionIcon, Anchor, Table, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ShownDocument } from '../../../../src/model/api/documents.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ConfirmRemoval } from '../../parts/confirm-removal.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'

export function DocumentTable({ project, documents }: { project: string; documents: ShownDocument[] }) {
  const [leaving, setLeaving] = useState<ShownDocument>()
  if (documents.length === 0)
    return (
      <EmptyState title="There is no document yet.">
        What you add stands here with its pages; then questions and answers can be grown from it.
      </EmptyState>
    )
  return (
    <>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} aria-label="Documents">
        <Table withTableBorder verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Document</Table.Th>
              <Table.Th>Format</Table.Th>
              <Table.Th ta="right">Pages</Table.Th>
              <Table.Th ta="right">Characters</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {documents.map(document => (
              <Table.Tr key={document.id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Anchor component={Link} to={`/p/${project}/documents/${document.id}`} size="sm" fw={500}>
                    {document.name}
                  </Anchor>
                  {document.title && document.title !== document.name && (
                    <Text size="xs" c="dimmed">
                      {document.title}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{document.format}</Table.Td>
                <Table.Td ta="right">{document.pages > 0 ? document.pages.toLocaleString('en') : '–'}</Table.Td>
                <Table.Td ta="right">{document.characters.toLocaleString('en')}</Table.Td>
                <Table.Td ta="right">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${document.name}`}
                    onClick={() => setLeaving(document)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {leaving && <RemoveDocument project={project} document={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  )
}

function RemoveDocument({
  project,
  document,
  onClose,
}: {
  project: string
  document: ShownDocument
  onClose: () => void
}) {
  const remove = useAction('removeDocument', {
    changes: ['listDocuments', 'showProject', 'listProjects'],
    onDone: onClose,
  })
  return (
    <ConfirmRemoval
      title="Remove the document?"
      opened
      onClose={onClose}
      removal={remove}
      onRemove={() => remove.mutate({ params: { project, document: document.id } })}
    >
      “{document.name}” and its text go. Records that were grown from it stay.
    </ConfirmRemoval>
  )
}
