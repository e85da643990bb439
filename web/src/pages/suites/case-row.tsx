/** One test case as a row: shown, or being edited. */
import { Badge, Button, Group, Stack, Table, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ShownCase } from '../../../../src/model/api/suites.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { MarkedChange } from './marked-change.tsx'

interface CaseRowProps {
  project: string
  shown: ShownCase
  saving: boolean
  /** Null takes it out. */
  onSave: (testCase: string | null) => void
}

export function CaseRow({ project, shown, saving, onSave }: CaseRowProps) {
  const { test, original, testCase, generated, labels, state } = shown
  const [draft, setDraft] = useState<string>()
  const colours = useLabelColours(project)
  const edit = useRef<HTMLButtonElement>(null)
  const leave = () => {
    setDraft(undefined)
    // Once the field is gone, the focus would be nowhere.
    requestAnimationFrame(() => edit.current?.focus())
  }
  const save = () => {
    if (draft === undefined || draft.trim() === '') return
    if (draft !== testCase) onSave(draft)
    leave()
  }
  const dropped = state === 'dropped'
  return (
    <Table.Tr style={{ verticalAlign: 'top' }} opacity={saving ? 0.6 : 1}>
      <Table.Td fz="sm" style={{ overflowWrap: 'break-word' }}>
        {test}
      </Table.Td>
      <Table.Td fz="sm" className="generated-text">
        {original}
      </Table.Td>
      <Table.Td fz="sm">
        {draft === undefined ? (
          <Stack gap={4} align="flex-start">
            <Text size="sm" component="div" td={dropped ? 'line-through' : undefined}>
              <MarkedChange before={original} after={testCase} />
            </Text>
            {state !== 'generated' && (
              <Badge size="sm" variant="light" color={dropped ? 'gray' : 'blue'} tt="none">
                {dropped ? 'taken out' : 'edited'}
              </Badge>
            )}
          </Stack>
        ) : (
          <Textarea
            aria-label="Test case"
            autosize
            autoFocus
            value={draft}
            error={draft.trim() === '' ? 'A test case needs a text. To leave it away, take it out.' : undefined}
            onChange={({ currentTarget }) => setDraft(currentTarget.value)}
            onKeyDown={event => {
              if (event.key === 'Escape') leave()
              else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
              else return
              event.preventDefault()
            }}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {labels.map(label => (
            <LabelBadge key={label} label={label} colour={colours(label)} />
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          {draft !== undefined ? (
            <>
              <Button size="compact-sm" onClick={save} disabled={draft.trim() === ''}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={leave}>
                Cancel
              </Button>
            </>
          ) : (
            <>
              {!dropped && (
                <Button ref={edit} size="compact-sm" variant="default" onClick={() => setDraft(testCase)}>
                  Edit
                </Button>
              )}
              {state === 'generated' ? (
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSave(null)}>
                  Take out
                </Button>
              ) : (
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSave(generated)}>
                  {dropped ? 'Put back' : 'As generated'}
                </Button>
              )}
            </>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
