/** Finds records and takes some of them, or a text of one’s own. */
import { Button, Checkbox, Group, Modal, ScrollArea, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'

export type PickedRecord = AnswerOf<'listRecords'>['records'][number]

interface RecordPickerProps {
  project: string
  /** Field that holds the text. */
  field: string
  title: string
  /** Only one can be taken. */
  single?: boolean
  /** Only records of this label. */
  label?: string
  /** Only records without it. */
  without?: string
  /** Names that are taken already: record ids and texts. */
  taken: readonly string[]
  onClose: () => void
  onPick: (records: PickedRecord[]) => void
  /** Absent: records only. */
  onWrite?: (text: string) => void
}

const page = 30
const most = 300

/** Records of the training split, for whatever grows from held-out ones would make their measurement worthless. */
export function RecordPicker(props: RecordPickerProps) {
  const { project, field, title, single = false, label, without, taken, onClose, onPick, onWrite } = props
  const [search, setSearch] = useState('')
  const [chosenLabel, setChosenLabel] = useState<string | null>(null)
  const [limit, setLimit] = useState(page)
  const [picked, setPicked] = useState<PickedRecord[]>([])
  const [written, setWritten] = useState('')
  const [settled] = useDebouncedValue(search, 250)
  const colourOf = useLabelColours(project)
  const facets = useEndpoint('recordFacets', { params: { project } })
  const labels = (facets.data?.labels ?? []).map(({ name }) => name).filter(name => name !== '' && name !== without)
  const only = label ?? chosenLabel
  const found = useEndpoint(
    'listRecords',
    {
      params: { project },
      query: {
        split: ['train'],
        status: ['pending', 'accepted'],
        limit,
        ...(settled.trim() !== '' && { search: settled.trim() }),
        ...(only !== null && { label: [only] }),
      },
    },
    { keepPrevious: true },
  )
  const textOf = ({ fields }: PickedRecord) => (typeof fields[field] === 'string' ? fields[field] : '')
  const suits = (record: PickedRecord) =>
    textOf(record).trim() !== '' &&
    record.labels.length > 0 &&
    (without === undefined || !record.labels.includes(without)) &&
    !taken.includes(record.id) &&
    !taken.includes(textOf(record))
  const take = (records: PickedRecord[]) => {
    onPick(records)
    onClose()
  }
  const toggle = (record: PickedRecord) => {
    if (single) return take([record])
    const isPicked = picked.some(({ id }) => id === record.id)
    setPicked(isPicked ? picked.filter(({ id }) => id !== record.id) : [...picked, record])
  }
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Search"
            placeholder="Words of the text"
            leftSection={<IconSearch size={16} />}
            value={search}
            onChange={event => setSearch(event.currentTarget.value)}
            style={{ flex: '1 1 14rem' }}
            data-autofocus
          />
          {label === undefined && (
            <Select
              label="Label"
              placeholder="All labels"
              data={labels}
              value={chosenLabel}
              onChange={setChosenLabel}
              clearable
              clearButtonProps={{ 'aria-label': 'All labels' }}
              style={{ flex: '0 1 14rem' }}
            />
          )}
        </Group>
        <Loaded of={found}>
          {({ records, more }) => {
            const suitable = records.filter(suits)
            return suitable.length === 0 && !more ? (
              <Text size="sm" c="dimmed" role="status">
                No labelled training record fits{only === null ? '' : ` with the label ${only}`}.
              </Text>
            ) : (
              <ScrollArea.Autosize mah="45vh" type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Records' }}>
                <Stack gap={2} role="list" aria-label="Records found">
                  {suitable.map(record => (
                    <Group key={record.id} role="listitem" gap="sm" wrap="nowrap" align="flex-start" py={4}>
                      {single ? (
                        <Button
                          size="compact-xs"
                          variant="light"
                          onClick={() => toggle(record)}
                          aria-label={`Take: ${textOf(record)}`}
                        >
                          Take
                        </Button>
                      ) : (
                        <Checkbox
                          checked={picked.some(({ id }) => id === record.id)}
                          onChange={() => toggle(record)}
                          aria-label={textOf(record)}
                        />
                      )}
                      <Text
                        size="sm"
                        className="generated-text"
                        lineClamp={3}
                        style={{ flex: 1, minWidth: 0, cursor: 'pointer' }}
                        onClick={() => toggle(record)}
                      >
                        {textOf(record)}
                      </Text>
                      {only === null && <LabelBadge label={record.labels[0]!} colour={colourOf(record.labels[0]!)} />}
                    </Group>
                  ))}
                  {more && limit < most && (
                    <Button variant="subtle" size="compact-sm" onClick={() => setLimit(limit + page * 2)}>
                      Show more
                    </Button>
                  )}
                </Stack>
              </ScrollArea.Autosize>
            )
          }}
        </Loaded>
        {onWrite && (
          <Group align="flex-end" gap="sm">
            <Textarea
              label="Or write one"
              value={written}
              onChange={event => setWritten(event.currentTarget.value)}
              autosize
              minRows={1}
              maxRows={5}
              style={{ flex: '1 1 14rem' }}
            />
            <Button
              variant="default"
              disabled={written.trim() === ''}
              onClick={() => {
                onWrite(written.trim())
                onClose()
              }}
            >
              Take this text
            </Button>
          </Group>
        )}
        {!single && (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button disabled={picked.length === 0} onClick={() => take(picked)}>
              {picked.length === 0 ? 'Choose records' : `Take ${picked.length.toLocaleString('en')}`}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}
