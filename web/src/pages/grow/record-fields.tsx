/** The fields of structured records: name, type, what it holds, and of categories the values and how many of each. */
import {
  ActionIcon,
  Box,
  Button,
  Group,
  Input,
  NumberInput,
  Paper,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormProblem, problemText } from '../../form/field.ts'
import { type EditedField, fieldList, followFields, type Quotas, writtenFields } from './record-field-list.ts'

interface RecordFieldsProps {
  fields: unknown
  quotas: unknown
  problems: readonly FormProblem[]
  onChange: (next: { fields: unknown[]; quotas: Quotas }) => void
}

const types = ['text', 'number', 'integer', 'boolean', 'category', 'list', 'date']

export function RecordFields({ fields, quotas, problems, onChange }: RecordFieldsProps) {
  const list = fieldList(fields)
  const counts = (typeof quotas === 'object' && quotas !== null ? quotas : {}) as Quotas
  const change = (next: EditedField[]) =>
    onChange({ fields: writtenFields(next), quotas: followFields(counts, list, next) })
  const problem = problemText({ path: 'fields', problems }) ?? problemText({ path: 'quotas', problems })
  return (
    <Stack gap="xs" role="group" aria-label="Fields of a record">
      <Input.Label component="div">Fields of a record</Input.Label>
      <Input.Description>
        In this order. Categories have values; with numbers beside them, exactly so many records get each.
      </Input.Description>
      {list.map((field, at) => (
        <FieldRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed, its place does not
          key={at}
          field={field}
          number={at + 1}
          quota={counts[field.name] ?? {}}
          onChange={part => change(list.map((each, place) => (place === at ? { ...each, ...part } : each)))}
          onQuota={quota => {
            const { [field.name]: _, ...others } = counts
            const next = Object.keys(quota).length === 0 ? others : { ...counts, [field.name]: quota }
            onChange({ fields: writtenFields(list), quotas: next })
          }}
          onRemove={() => change(list.filter((_, place) => place !== at))}
        />
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
          onClick={() =>
            change([...list, { name: `field${list.length + 1}`, description: '', type: '', values: [], rest: {} }])
          }
        >
          Add a field
        </Button>
      </Group>
    </Stack>
  )
}

interface FieldRowProps {
  field: EditedField
  number: number
  quota: Record<string, number>
  onChange: (part: Partial<EditedField>) => void
  onQuota: (quota: Record<string, number>) => void
  onRemove: () => void
}

function FieldRow({ field, number, quota, onChange, onQuota, onRemove }: FieldRowProps) {
  const { name, description, type, values } = field
  const has = values.length > 0 || type === 'category'
  const called = name || `field ${number}`
  return (
    <Paper withBorder p="xs">
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Stack gap="xs" flex={1} miw={0}>
          <Group gap="xs" grow preventGrowOverflow={false}>
            <TextInput
              aria-label={`Name of field ${number}`}
              placeholder="Name"
              miw={120}
              value={name}
              onChange={event => onChange({ name: event.currentTarget.value })}
            />
            <Select
              aria-label={`Type of ${called}`}
              placeholder={values.length > 0 ? 'category' : 'text'}
              miw={120}
              data={types}
              value={type || null}
              clearable
              onChange={next => onChange({ type: next ?? '' })}
            />
          </Group>
          <TextInput
            aria-label={`What ${called} holds`}
            placeholder="What it holds, in your own words"
            value={description}
            onChange={event => onChange({ description: event.currentTarget.value })}
          />
          {(has || type === 'list') && (
            <TagsInput
              aria-label={`Values of ${called}`}
              placeholder="A value, then Enter"
              value={values.map(String)}
              onChange={next =>
                onChange({ values: next.map(text => values.find(value => String(value) === text) ?? text) })
              }
            />
          )}
          {has && values.length > 0 && (
            <Box>
              <Text size="xs" c="dimmed" mb={4}>
                How many records of each (empty: no quota)
              </Text>
              <Group gap="xs">
                {values.map(String).map(value => (
                  <NumberInput
                    key={value}
                    label={value}
                    w={110}
                    min={0}
                    allowDecimal={false}
                    allowNegative={false}
                    value={quota[value] ?? ''}
                    onChange={count => {
                      const { [value]: _, ...others } = quota
                      onQuota(typeof count === 'number' ? { ...quota, [value]: count } : others)
                    }}
                  />
                ))}
              </Group>
            </Box>
          )}
        </Stack>
        <ActionIcon variant="subtle" color="red" aria-label={`Remove ${called}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </Paper>
  )
}
