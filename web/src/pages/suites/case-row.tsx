/** One test case as a row: shown, or being edited. */
import { Badge, Button, Group, Paper, Stack, Table, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ShownCase } from '../../../../src/model/api/suite-shapes.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { MarkedChange } from './marked-change.tsx'

interface CaseRowProps {
  project: string
  shown: ShownCase
  saving: boolean
  /** Where a row has no room. */
  asCard: boolean
  /** Null takes it out. */
  onSave: (testCase: string | null) => void
}

export function CaseRow({ project, shown, saving, asCard, onSave }: CaseRowProps) {
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
  const text =
    draft === undefined ? (
      <Stack gap={4} align="flex-start">
        <Text size="sm" component="div" td={dropped ? 'line-through' : undefined}>
          <MarkedChange before={original} after={testCase} />
        </Text>
        {state !== 'generated' && (
          <Badge size="sm" variant="light" color={dropped ? 'gray' : 'leaf'} tt="none">
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
    )
  const badges = (
    <Group gap={4}>
      {labels.map(label => (
        <LabelBadge key={label} label={label} colour={colours(label)} />
      ))}
    </Group>
  )
  const actions =
    draft === undefined ? (
      <Group gap={6}>
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
      </Group>
    ) : (
      <Group gap={6}>
        <Button size="compact-sm" onClick={save} disabled={draft.trim() === ''}>
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={leave}>
          Cancel
        </Button>
      </Group>
    )
  if (asCard)
    return (
      <Paper component="li" withBorder p="sm" opacity={saving ? 0.6 : 1} style={{ listStyle: 'none' }}>
        <Stack gap={6}>
          <Text size="xs" c="dimmed">
            {test}
          </Text>
          <Text size="sm" className="generated-text">
            {original}
          </Text>
          {text}
          {badges}
          {actions}
        </Stack>
      </Paper>
    )
  return (
    <Table.Tr style={{ verticalAlign: 'top' }} opacity={saving ? 0.6 : 1}>
      <Table.Td fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {test}
      </Table.Td>
      <Table.Td fz="sm" className="generated-text">
        {original}
      </Table.Td>
      <Table.Td fz="sm">{text}</Table.Td>
      <Table.Td>{badges}</Table.Td>
      <Table.Td>{actions}</Table.Td>
    </Table.Tr>
  )
}
