/** One slot: its values, how often each is drawn, and the entity it is marked as. */
import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Slot, Value } from './templates-params.ts'
import { SlotChip } from './templates-slot-text.tsx'

interface SlotValuesProps {
  name: string
  slot: Slot
  labels: string[]
  colourOf: (slot: string) => string
  error: string | undefined
  onChange: (slot: Slot | undefined) => void
}

const none: Value = { value: '', weight: 1, plural: '', label: '', entity: '' }

export function SlotValues({ name, slot, labels, colourOf, error, onChange }: SlotValuesProps) {
  const { entity, values } = slot
  const hasMore = values.some(({ plural, label, entity }) => plural !== '' || label !== '' || entity !== '')
  const [asked, { toggle }] = useDisclosure(false)
  const shown = asked || hasMore
  const change = (at: number, next: Partial<Value>) =>
    onChange({ ...slot, values: values.with(at, { ...values[at]!, ...next }) })
  return (
    <Paper withBorder p="sm" component="section" aria-label={`Slot ${name}`}>
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <SlotChip slot={name} colour={colourOf(name)} />
          <Group gap="xs">
            <TextInput
              aria-label={`Entity type of ${name}`}
              size="xs"
              w={150}
              placeholder="Entity type"
              value={entity}
              onChange={event => onChange({ ...slot, entity: event.currentTarget.value })}
            />
            <Tooltip label="Remove all of its values">
              <ActionIcon
                variant="subtle"
                color="gray"
                onClick={() => onChange(undefined)}
                aria-label={`Remove slot ${name}`}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        {error !== undefined && (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        )}
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {values.map((value, at) => (
            <Stack
              // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity but their place
              key={at}
              component="li"
              gap={4}
            >
              <Group gap="xs" wrap="nowrap">
                <TextInput
                  aria-label={`Value ${at + 1} of ${name}`}
                  size="xs"
                  placeholder="(empty)"
                  value={value.value}
                  onChange={event => change(at, { value: event.currentTarget.value })}
                  style={{ flex: 1, minWidth: 0 }}
                />
                <NumberInput
                  aria-label={`Weight of value ${at + 1} of ${name}`}
                  size="xs"
                  w={92}
                  prefix="× "
                  min={0.01}
                  value={value.weight}
                  onChange={next => typeof next === 'number' && next > 0 && change(at, { weight: next })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  onClick={() => onChange({ ...slot, values: values.toSpliced(at, 1) })}
                  aria-label={`Remove value ${at + 1} of ${name}`}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Group>
              {shown && (
                <Group gap="xs" pl="md" grow>
                  <TextInput
                    aria-label={`Plural of value ${at + 1} of ${name}`}
                    size="xs"
                    placeholder="Plural"
                    value={value.plural}
                    onChange={event => change(at, { plural: event.currentTarget.value })}
                  />
                  <Autocomplete
                    aria-label={`Label from value ${at + 1} of ${name}`}
                    size="xs"
                    placeholder="Label"
                    data={labels}
                    value={value.label}
                    onChange={label => change(at, { label })}
                  />
                  <TextInput
                    aria-label={`Entity type of value ${at + 1} of ${name}`}
                    size="xs"
                    placeholder="Entity"
                    value={value.entity}
                    onChange={event => change(at, { entity: event.currentTarget.value })}
                  />
                </Group>
              )}
            </Stack>
          ))}
        </Stack>
        <Group gap="sm">
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange({ ...slot, values: [...values, none] })}
            aria-label={`Add a value to ${name}`}
          >
            Add a value
          </Button>
          <Checkbox
            size="xs"
            label="Plural, label and entity of each"
            aria-label={`Plural, label and entity of each value of ${name}`}
            checked={shown}
            disabled={hasMore}
            onChange={toggle}
          />
        </Group>
      </Stack>
    </Paper>
  )
}
