/** How a file is read: what it was taken for, and ways to say otherwise. */
import { Button, Code, Collapse, Group, List, Paper, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { ImportChoice, ShownPeek } from '../../../../src/model/api/imports.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'

export type ReadingChoice = Pick<
  ImportChoice,
  'format' | 'encoding' | 'delimiter' | 'quote' | 'header' | 'template' | 'labelNames'
>

interface ReadingOptionsProps {
  value: ReadingChoice
  onChange: (value: ReadingChoice) => void
  /** Undefined where the file could not be read: then everything that may help is open. */
  peek: ShownPeek | undefined
  onAnother: () => void
}

const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-2',
  'windows-1251',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
]
const delimiters = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
]
const pauseMs = 500

export function ReadingOptions({ value, onChange, peek, onAnother }: ReadingOptionsProps) {
  const { data: formats = [] } = useEndpoint('listFormats', {})
  const [opened, { toggle }] = useDisclosure(false)
  const format = value.format ?? peek?.format
  const isTable = format === undefined || format === 'csv' || format === 'tsv'
  const set = (part: Partial<ReadingChoice>) => {
    const changed = Object.entries({ ...value, ...part }).filter(([, each]) => each !== undefined)
    onChange(Object.fromEntries(changed))
  }
  return (
    <Paper withBorder p="md" component="section" aria-label="The file">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {peek ? peek.files.join(', ') : 'The file could not be read as it is'}
          </Text>
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={toggle} aria-expanded={opened}>
              How it is read …
            </Button>
            <Button variant="default" size="xs" onClick={onAnother}>
              Another file
            </Button>
          </Group>
        </Group>
        {peek && (
          <>
            <Text size="sm">
              Read as <Code>{peek.format}</Code>; {peek.more ? 'the first ' : ''}
              {(peek.rows + peek.badRows).toLocaleString('en')} rows were looked at.
            </Text>
            {peek.notes.length > 0 && (
              <List size="sm" c="dimmed">
                {peek.notes.map(note => (
                  <List.Item key={note}>{note}</List.Item>
                ))}
              </List>
            )}
          </>
        )}
        <Collapse expanded={opened || peek === undefined}>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            <Select
              label="Format"
              description="Found out by its name and content"
              data={formats.map(({ kind }) => kind)}
              value={format ?? null}
              searchable
              allowDeselect={false}
              onChange={kind => kind && onChange({ format: kind, ...(value.encoding && { encoding: value.encoding }) })}
            />
            <Select
              label="Encoding"
              description="Guessed, unless you say it"
              placeholder="Guessed"
              data={encodings}
              value={value.encoding ?? null}
              searchable
              clearable
              onChange={encoding => set({ encoding: encoding ?? undefined })}
            />
            {isTable && (
              <>
                <Select
                  label="Between values"
                  description="CSV: guessed, unless you say it"
                  placeholder="Guessed"
                  data={delimiters}
                  value={value.delimiter ?? null}
                  clearable
                  onChange={delimiter => set({ delimiter: delimiter ?? undefined })}
                />
                <Select
                  label="Quotes"
                  description="CSV: what stands around values"
                  data={[
                    { value: '"', label: 'Double quotes' },
                    { value: "'", label: 'Single quotes' },
                    { value: 'none', label: 'Are ordinary characters' },
                  ]}
                  value={value.quote === '' ? 'none' : (value.quote ?? '"')}
                  allowDeselect={false}
                  onChange={quote => set({ quote: quote === '"' ? undefined : quote === "'" ? "'" : '' })}
                />
                <Select
                  label="First row"
                  description="CSV: guessed, unless you say it"
                  placeholder="Guessed"
                  data={[
                    { value: 'true', label: 'Names the columns' },
                    { value: 'false', label: 'Is data already' },
                  ]}
                  value={value.header === undefined ? null : String(value.header)}
                  clearable
                  onChange={header => set({ header: header === null ? undefined : header === 'true' })}
                />
              </>
            )}
            {format === 'lines' && (
              <Typed
                label="A line reads as"
                description="{name} stands for a field, {label} for the label"
                placeholder="Q: {input} A: {output}"
                value={value.template ?? ''}
                onChange={template => set({ template: template || undefined })}
              />
            )}
            {format === 'hugging-face' && (
              <Typed
                label="What numbers of labels stand for"
                description="From 0, parted by commas; a README.md dropped too says it"
                placeholder="O,B-PER,I-PER"
                value={value.labelNames?.join(',') ?? ''}
                onChange={names =>
                  set({ labelNames: names === '' ? undefined : names.split(',').map(name => name.trim()) })
                }
              />
            )}
          </SimpleGrid>
        </Collapse>
      </Stack>
    </Paper>
  )
}

interface TypedProps {
  label: string
  description: string
  placeholder: string
  value: string
  onChange: (value: string) => void
}

/** Told once somebody pauses: each change reads the file anew. */
function Typed({ value, onChange, ...rest }: TypedProps) {
  const [typed, setTyped] = useState(value)
  const tell = useDebouncedCallback(onChange, pauseMs)
  return (
    <TextInput
      {...rest}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        tell(currentTarget.value)
      }}
    />
  )
}
