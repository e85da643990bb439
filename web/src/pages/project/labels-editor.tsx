/** The labels of a project: added, named, coloured, put in order, taken off the list. */
import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { labelColour } from '../../../../src/model/label-colours.ts'
import type { Project } from '../../../../src/model/project.ts'
import styles from './labels-editor.module.css'

export type LabelList = Required<Pick<Project, 'labels' | 'colours'>>

interface LabelsEditorProps {
  value: LabelList
  onChange: (value: LabelList) => void
  /** Records by label. */
  counts?: Record<string, number>
  /** What one is called here: label, or entity type. */
  noun?: string
  /** What was typed and is on no list yet: whoever saves takes it by `withTyped`. */
  typed: string
  onTyped: (typed: string) => void
}

export function LabelsEditor({ value, onChange, counts = {}, noun = 'label', typed, onTyped }: LabelsEditorProps) {
  const { labels, colours } = value
  const added = withTyped(value, typed)
  const fresh = added.labels.length - labels.length
  const add = () => {
    onChange(added)
    onTyped('')
  }
  const move = (at: number, by: number) => {
    const moved = labels.toSpliced(at, 1).toSpliced(at + by, 0, labels[at]!)
    // Colours follow from places: what is shown in one keeps it.
    onChange({ labels: moved, colours: coloursOf(value) })
  }
  const rename = (at: number, name: string) => {
    const { [labels[at]!]: colour, ...others } = colours
    onChange({ labels: labels.with(at, name), colours: colour === undefined ? others : { ...others, [name]: colour } })
  }
  const remove = (label: string) => {
    const { [label]: _, ...others } = colours
    onChange({ labels: labels.filter(other => other !== label), colours: others })
  }
  return (
    <Stack gap="sm">
      {labels.length > 0 && (
        <ol className={styles.list} aria-label={`The ${noun}s`}>
          {labels.map((label, at) => (
            <li key={label} className={styles.row}>
              <input
                type="color"
                className={styles.colour}
                aria-label={`Colour of ${label}`}
                value={labelColour(label, value)}
                onChange={({ target }) => onChange({ ...value, colours: { ...colours, [label]: target.value } })}
              />
              <LabelName
                label={label}
                records={counts[label] ?? 0}
                taken={labels}
                noun={noun}
                onRename={name => rename(at, name)}
              />
              <Group gap={2} wrap="nowrap">
                <RowButton label={`Move ${label} up`} disabled={at === 0} onClick={() => move(at, -1)}>
                  <IconArrowUp size={16} />
                </RowButton>
                <RowButton label={`Move ${label} down`} disabled={at === labels.length - 1} onClick={() => move(at, 1)}>
                  <IconArrowDown size={16} />
                </RowButton>
                <RowButton label={`Take ${label} off the list`} onClick={() => remove(label)}>
                  <IconX size={16} />
                </RowButton>
              </Group>
            </li>
          ))}
        </ol>
      )}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Textarea
          label={`Add ${noun}s`}
          description="Enter adds them; several are parted by commas or lines."
          autosize
          minRows={1}
          maxRows={6}
          flex={1}
          value={typed}
          onChange={({ currentTarget }) => onTyped(currentTarget.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (fresh > 0) add()
          }}
        />
        <Button variant="default" leftSection={<IconPlus size={16} />} disabled={fresh === 0} onClick={add}>
          Add{fresh > 1 ? ` ${fresh}` : ''}
        </Button>
      </Group>
    </Stack>
  )
}

/** A label that records carry keeps its name, for they would lose it. */
function LabelName({
  label,
  records,
  taken,
  noun,
  onRename,
}: {
  label: string
  records: number
  taken: string[]
  noun: string
  onRename: (name: string) => void
}) {
  const [typed, setTyped] = useState(label)
  const name = typed.trim()
  const fault =
    name === '' ? 'It needs a name.' : name !== label && taken.includes(name) ? 'It is there already.' : null
  if (records > 0)
    return (
      <Tooltip
        label={`${records.toLocaleString('en')} ${records === 1 ? 'record carries' : 'records carry'} this ${noun}: give them another on the Records page to rename it.`}
        multiline
        maw={320}
      >
        <Group gap="0 xs" miw={0} flex={1} justify="space-between">
          <Text size="sm" truncate dir="auto" flex="1 1 8rem">
            {label}
          </Text>
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {records.toLocaleString('en')} {records === 1 ? 'record' : 'records'}
          </Text>
        </Group>
      </Tooltip>
    )
  return (
    <TextInput
      flex={1}
      size="xs"
      aria-label={`Name of ${label}`}
      dir="auto"
      value={typed}
      error={fault}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => (fault ? setTyped(label) : name !== label && onRename(name))}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

function RowButton({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string
  disabled?: boolean
  onClick: () => void
  children: React.ReactNode
}) {
  return (
    <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  )
}

/** The list with the labels that were typed behind it, parted by commas or lines. */
export function withTyped(list: LabelList, typed: string): LabelList {
  const names = typed.split(/[,\n]/).map(name => name.trim())
  return { ...list, labels: [...new Set([...list.labels, ...names.filter(name => name !== '')])] }
}

/** The colours as they are shown now. */
function coloursOf(value: LabelList): Record<string, string> {
  return Object.fromEntries(value.labels.map(label => [label, labelColour(label, value)]))
}
