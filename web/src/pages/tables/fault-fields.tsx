/** One fault of a form: which kind, of which sensor, how often, how long, how strong. */
import { Button, Fieldset, Group, NumberInput, Select, SimpleGrid, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'

export interface FaultEntry {
  id: number
  kind: string
  column: string
  count: number
  length?: number
  size?: number
}

interface FaultFieldsProps {
  number: number
  fault: FaultEntry
  kinds: { kind: string; summary: string }[]
  sensors: string[]
  onChange: (fault: FaultEntry) => void
  onRemove?: () => void
}

export function FaultFields({ number, fault, kinds, sensors, onChange, onRemove }: FaultFieldsProps) {
  const { length: _, size: __, ...whole } = fault
  const optional = (name: 'length' | 'size', value: number | string) =>
    onChange({
      ...whole,
      ...(name === 'size' && fault.length !== undefined && { length: fault.length }),
      ...(name === 'length' && fault.size !== undefined && { size: fault.size }),
      ...(typeof value === 'number' && { [name]: value }),
    })
  return (
    <Fieldset legend={`Fault ${number}`}>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 5 }}>
        <Select
          label="Kind"
          data={kinds.map(({ kind }) => kind)}
          value={fault.kind}
          onChange={value => value && onChange({ ...fault, kind: value })}
          allowDeselect={false}
        />
        <Select
          label="Sensor"
          data={sensors}
          value={fault.column || null}
          onChange={value => onChange({ ...fault, column: value ?? '' })}
          searchable
        />
        <NumberInput
          label="How many"
          min={1}
          value={fault.count}
          onChange={value => onChange({ ...fault, count: Number(value) || 1 })}
        />
        <NumberInput
          label="Readings of each"
          placeholder="as usual"
          min={1}
          value={fault.length ?? ''}
          onChange={value => optional('length', value)}
        />
        <NumberInput
          label="Size, in spreads"
          placeholder="as usual"
          value={fault.size ?? ''}
          onChange={value => optional('size', value)}
        />
      </SimpleGrid>
      <Group justify="space-between" mt="xs">
        <Text size="xs" c="dimmed">
          {kinds.find(({ kind }) => kind === fault.kind)?.summary}
        </Text>
        {onRemove && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconTrash size={14} />}
            onClick={onRemove}
            aria-label={`Leave it out: fault ${number}`}
          >
            Leave it out
          </Button>
        )}
      </Group>
    </Fieldset>
  )
}
