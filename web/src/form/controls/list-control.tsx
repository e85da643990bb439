/** A list of anything: each item with its own control; items are added, moved and taken away. */
import { ActionIcon, Box, Button, Group, Paper, Stack } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { below, type FieldProps } from '../field.ts'
import { Framed } from '../framed.tsx'
import { emptyOf, type Json, resolved } from '../json-schema.ts'

export function ListControl(props: FieldProps) {
  const { Field, schema, root, label, value, onChange, path, problems } = props
  const items = Array.isArray(value) ? value : []
  const item = resolved(schema.items ?? {}, root)
  const singular = label.replace(/ies$/i, 'y').replace(/s$/i, '').toLowerCase()
  const replace = (next: Json[]) => onChange(next.length === 0 ? undefined : next)
  const move = (from: number, to: number) => {
    const next = items.filter((_, at) => at !== from)
    next.splice(to, 0, items[from]!)
    replace(next)
  }
  const isFull = schema.maxItems !== undefined && items.length >= schema.maxItems
  return (
    <Framed {...props}>
      <Stack gap="xs">
        {items.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
          <Paper withBorder p="xs" key={at}>
            <Group align="flex-start" gap="xs" wrap="nowrap">
              <Box flex={1} miw={0}>
                <Field
                  schema={item}
                  root={root}
                  label={`${label} ${at + 1}`}
                  showsLabel={false}
                  value={each}
                  onChange={next => replace(items.map((other, place) => (place === at ? (next ?? '') : other)))}
                  path={below(path, at)}
                  problems={problems}
                  required
                />
              </Box>
              <Group gap={2} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === 0}
                  aria-label={`Move ${singular} ${at + 1} up`}
                  onClick={() => move(at, at - 1)}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === items.length - 1}
                  aria-label={`Move ${singular} ${at + 1} down`}
                  onClick={() => move(at, at + 1)}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={`Remove ${singular} ${at + 1}`}
                  onClick={() => replace(items.filter((_, place) => place !== at))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
            </Group>
          </Paper>
        ))}
        <Group>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            disabled={isFull}
            onClick={() => onChange([...items, emptyOf(item, root) ?? ''])}
          >
            {isFull ? `At most ${schema.maxItems}` : `Add ${singular}`}
          </Button>
        </Group>
      </Stack>
    </Framed>
  )
}
