/** How much is drawn from a model and under which conditions. */
import { Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import type { DrawSearch } from './draw-search.ts'

type Format = 'csv' | 'parquet' | 'jsonl' | 'sqlite'

interface DrawFormProps {
  model: AnswerOf<'showTableModel'>
  search: DrawSearch
  onChange: (changed: Partial<DrawSearch>) => void
  drawing: boolean
  onDraw: (format: Format) => void
}

const formats = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
  { value: 'jsonl', label: 'JSON Lines' },
  { value: 'sqlite', label: 'SQLite' },
]

export function DrawForm({ model, search, onChange, drawing, onDraw }: DrawFormProps) {
  const [format, setFormat] = useState<Format>('csv')
  const { shape, learnedFrom, columns } = model
  const learned = Object.values(learnedFrom).reduce((sum, count) => sum + count, 0)
  const number = (name: 'rows' | 'scale' | 'entities' | 'share' | 'seed') => (value: number | string) =>
    onChange({ [name]: typeof value === 'number' ? value : undefined })
  const text = (name: 'where' | 'value') => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value === '' ? undefined : event.currentTarget.value })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (!drawing) onDraw(format)
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
          {shape === 'related' ? (
            <NumberInput
              label="How many times the original"
              placeholder="1"
              min={0.01}
              step={0.5}
              value={search.scale ?? ''}
              onChange={number('scale')}
            />
          ) : (
            <NumberInput
              label="Rows"
              placeholder={learned.toLocaleString('en')}
              min={1}
              thousandSeparator=","
              value={search.rows ?? ''}
              onChange={number('rows')}
            />
          )}
          {shape === 'series' && (
            <NumberInput
              label="Entities"
              placeholder="as learned"
              min={1}
              value={search.entities ?? ''}
              onChange={number('entities')}
            />
          )}
          <NumberInput label="Seed" placeholder="1" min={0} value={search.seed ?? ''} onChange={number('seed')} />
          {shape !== 'related' && (
            <Select
              label="File"
              data={formats}
              value={format}
              onChange={value => value && setFormat(value as Format)}
              allowDeselect={false}
            />
          )}
        </SimpleGrid>
        {shape === 'table' && (
          <>
            <TextInput
              label="Only rows of which this is true"
              placeholder={"age >= 65 and sex = 'F'"}
              value={search.where ?? ''}
              onChange={text('where')}
            />
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <Select
                label="Raise a value of"
                placeholder="a column"
                data={columns.map(({ name }) => name)}
                value={search.column ?? null}
                onChange={value => onChange({ column: value ?? undefined })}
                searchable
                clearable
              />
              <TextInput
                label="The value"
                placeholder="yes"
                disabled={search.column === undefined}
                value={search.value ?? ''}
                onChange={text('value')}
              />
              <NumberInput
                label="To this share of the rows, in %"
                placeholder="20"
                min={0}
                max={100}
                disabled={search.column === undefined}
                value={search.share ?? ''}
                onChange={number('share')}
              />
            </SimpleGrid>
          </>
        )}
        <Group>
          <Button type="submit" leftSection={<IconDownload size={16} />} loading={drawing}>
            Draw to a file
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
