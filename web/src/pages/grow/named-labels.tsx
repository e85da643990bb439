/** Labels with what they mean, a line each. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'

interface NamedLabel {
  label: string
  meaning: string
}

interface NamedLabelsProps {
  noun: string
  /** As the recipe has them: names, or `{ label, meaning }`. */
  value: unknown
  onChange: (value: (string | NamedLabel)[] | undefined) => void
  problem: string | undefined
}

export function NamedLabels({ noun, value, onChange, problem }: NamedLabelsProps) {
  const entries = Array.isArray(value) ? value.map(entryOf) : []
  const change = (next: NamedLabel[]) =>
    onChange(next.length === 0 ? undefined : next.map(entry => (entry.meaning === '' ? entry.label : entry)))
  const replace = (at: number, part: Partial<NamedLabel>) =>
    change(entries.map((entry, place) => (place === at ? { ...entry, ...part } : entry)))
  return (
    <Stack gap="xs">
      {entries.map(({ label, meaning }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed, its place does not
        <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            miw={90}
            aria-label={`${noun} ${at + 1}`}
            placeholder={noun}
            value={label}
            onChange={event => replace(at, { label: event.currentTarget.value })}
          />
          <TextInput
            flex={2}
            miw={90}
            aria-label={`Meaning of ${label || `${noun.toLowerCase()} ${at + 1}`}`}
            placeholder="What it means, in your own words"
            value={meaning}
            onChange={event => replace(at, { meaning: event.currentTarget.value })}
          />
          <ActionIcon
            mt={4}
            variant="subtle"
            color="red"
            aria-label={`Remove ${label || `${noun.toLowerCase()} ${at + 1}`}`}
            onClick={() => change(entries.filter((_, place) => place !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {problem !== undefined && (
        <Text size="xs" c="red">
          {problem}
        </Text>
      )}
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...entries, { label: '', meaning: '' }])}
        >
          Add {noun === 'Label' ? 'a label' : 'an entity type'}
        </Button>
      </Group>
    </Stack>
  )
}

function entryOf(value: unknown): NamedLabel {
  if (typeof value === 'string') return { label: value, meaning: '' }
  const { label = '', meaning = '' } = (value ?? {}) as Partial<NamedLabel>
  return { label: String(label), meaning: String(meaning) }
}
