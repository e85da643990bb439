/** One record beside the list: what it says, what can be done with it, and where it came from. */
import { Badge, Button, CloseButton, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconPencil, IconTag, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { LabelBadge } from '../../../parts/label-badge.tsx'
import { RecordAnnotator } from '../../../parts/record-annotator.tsx'
import type { RecordChanges } from '../../../parts/record-changes.ts'
import { RecordEditor } from '../../../parts/record-editor.tsx'
import { RecordText } from '../../../parts/record-text.tsx'
import { originOf } from '../list/columns.tsx'
import { StatusMark } from '../list/status-mark.tsx'
import type { StudioRecord } from '../record-types.ts'
import { useReviewQueue } from '../review/review-queue.ts'
import { LineageView } from './lineage-view.tsx'

export interface PanelActions {
  accept: () => void
  reject: () => void
  reset: () => void
  tag: () => void
  untag: (tag: string) => void
  edit: () => void
  save: (base: StudioRecord, changes: RecordChanges) => void
  cancel: () => void
  close: () => void
}

interface RecordPanelProps {
  project: string
  record: StudioRecord
  isEntities: boolean
  labels: string[]
  open: boolean
  colours: (label: string) => string
  /** The record as it was when editing began. */
  editing: StudioRecord | undefined
  actions: PanelActions
}

export function RecordPanel(props: RecordPanelProps) {
  const { project, isEntities, labels, open, colours, editing, actions } = props
  const { queue } = useReviewQueue()
  const record = queue.shown(props.record)
  return (
    <Stack gap="md" data-record-panel>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h5">
            Record
          </Title>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {record.id}
          </Text>
        </div>
        <CloseButton aria-label="Close the record" onClick={actions.close} />
      </Group>
      <Group gap="xs">
        <Act icon={<IconCheck size={16} />} on={record.status === 'accepted'} colour="leaf" onClick={actions.accept}>
          Accept
        </Act>
        <Act icon={<IconX size={16} />} on={record.status === 'rejected'} colour="red" onClick={actions.reject}>
          Reject
        </Act>
        {record.status !== 'pending' && (
          <Act icon={<IconArrowBackUp size={16} />} onClick={actions.reset}>
            Make pending
          </Act>
        )}
        {!editing && (
          <Act icon={<IconPencil size={16} />} onClick={actions.edit}>
            Edit
          </Act>
        )}
        <Act icon={<IconTag size={16} />} onClick={actions.tag}>
          Tag
        </Act>
      </Group>
      {editing ? (
        <RecordEditor
          key={editing.id}
          record={editing}
          project={project}
          onSave={changes => actions.save(editing, changes)}
          onCancel={actions.cancel}
        />
      ) : isEntities ? (
        <Annotated {...{ record, labels, open, colours }} onSave={changes => actions.save(record, changes)} />
      ) : (
        <RecordText record={record} colours={colours} />
      )}
      <Group gap={6}>
        <StatusMark status={record.status} />
        {!isEntities && record.labels.map(label => <LabelBadge key={label} label={label} colour={colours(label)} />)}
        {record.tags.map(tag => (
          <Badge
            key={tag}
            variant="default"
            tt="none"
            fw={500}
            pr={2}
            rightSection={
              <CloseButton
                size={18}
                iconSize={11}
                aria-label={`Take the tag ${tag} away`}
                onClick={() => actions.untag(tag)}
              />
            }
          >
            {tag}
          </Badge>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {record.split} · {originOf(record)}
        {record.cell !== '' && record.cell !== 'all' && ` · cell ${record.cell}`}
      </Text>
      <LineageView record={record.id} project={project} />
    </Stack>
  )
}

function Act(props: { icon: ReactNode; on?: boolean; colour?: string; onClick: () => void; children: string }) {
  const { icon, on = false, colour = 'gray', onClick, children } = props
  return (
    <Button
      size="compact-sm"
      variant={on ? 'filled' : 'default'}
      color={colour}
      leftSection={icon}
      onClick={onClick}
      {...(colour !== 'gray' && { 'aria-pressed': on })}
    >
      {children}
    </Button>
  )
}

/** The fields of a record with entities: texts to mark in, the rest as it is. */
function Annotated({
  record,
  labels,
  open,
  colours,
  onSave,
}: Pick<RecordPanelProps, 'record' | 'labels' | 'open' | 'colours'> & { onSave: (changes: RecordChanges) => void }) {
  const { fields } = record
  const others = Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value !== 'string'))
  return (
    <>
      {Object.entries(fields).map(
        ([name, value]) =>
          typeof value === 'string' && (
            <RecordAnnotator
              key={`${record.id}-${name}`}
              text={value}
              field={name}
              spans={record.spans.filter(({ field }) => field === name)}
              {...{ labels, colours, open }}
              onChange={spans => onSave({ fields: { [name]: value }, spans })}
            />
          ),
      )}
      {Object.keys(others).length > 0 && <RecordText record={{ ...record, fields: others }} />}
    </>
  )
}
