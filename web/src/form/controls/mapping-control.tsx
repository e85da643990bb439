/** A mapping from names that a person chooses to values of one kind. */
import { ActionIcon, Box, Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { below, type FieldProps } from '../field.ts'
import { Framed } from '../framed.tsx'
import { emptyOf, isMapping, type Json, resolved } from '../json-schema.ts'

export function MappingControl(props: FieldProps) {
  const { Field, schema, root, label, value, onChange, path, problems } = props
  const entries = Object.entries(isMapping(value) ? value : {})
  const member = resolved(typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}, root)
  const names = resolved(schema.propertyNames ?? {}, root).enum?.map(String)
  const replace = (next: [string, Json][]) => onChange(next.length === 0 ? undefined : Object.fromEntries(next))
  return (
    <Framed {...props}>
      <Stack gap="xs">
        {entries.map(([name, each], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed, its place does not
          <Paper withBorder p="xs" key={at}>
            <Group align="flex-start" gap="xs" wrap="nowrap">
              <Stack gap={6} flex={1} miw={0}>
                <EntryName
                  label={`Name of entry ${at + 1} of ${label}`}
                  name={name}
                  taken={entries.filter((_, place) => place !== at).map(([other]) => other)}
                  names={names}
                  onRename={next =>
                    replace(entries.map((entry, place) => (place === at ? [next, entry[1]] : entry) as [string, Json]))
                  }
                />
                <Box>
                  <Field
                    schema={member}
                    root={root}
                    label={`${label} ${name}`}
                    showsLabel={false}
                    value={each}
                    onChange={next =>
                      replace(
                        entries.map((entry, place) => (place === at ? [name, next ?? ''] : entry) as [string, Json]),
                      )
                    }
                    path={below(path, name)}
                    problems={problems}
                    required
                  />
                </Box>
              </Stack>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={`Remove ${name} from ${label}`}
                onClick={() => replace(entries.filter((_, place) => place !== at))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          </Paper>
        ))}
        <Group>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => replace([...entries, [freeName(entries, names), emptyOf(member, root) ?? '']])}
          >
            Add an entry
          </Button>
        </Group>
      </Stack>
    </Framed>
  )
}

function freeName(entries: [string, Json][], names: string[] | undefined): string {
  const taken = new Set(entries.map(([name]) => name))
  const candidates = names ?? Array.from({ length: entries.length + 1 }, (_, at) => `name${at + 1}`)
  return candidates.find(name => !taken.has(name)) ?? `name${entries.length + 1}`
}

interface EntryNameProps {
  label: string
  name: string
  taken: string[]
  names: string[] | undefined
  onRename: (name: string) => void
}

/** Takes effect on leaving the box, so that a name on its way swallows no other entry. */
function EntryName({ label, name, taken, names, onRename }: EntryNameProps) {
  const [typed, setTyped] = useState<string>()
  if (names) {
    const free = names.filter(each => !taken.includes(each))
    const data = free.includes(name) ? free : [name, ...free]
    return (
      <Select
        aria-label={label}
        data={data}
        value={name}
        allowDeselect={false}
        onChange={next => next !== null && onRename(next)}
      />
    )
  }
  const shown = typed ?? name
  const error =
    shown === '' ? 'It needs a name.' : taken.includes(shown) ? 'There is one of this name already.' : undefined
  return (
    <TextInput
      aria-label={label}
      value={shown}
      error={error}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (!error && shown !== name) onRename(shown)
        setTyped(undefined)
      }}
    />
  )
}
