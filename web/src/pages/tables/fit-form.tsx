/** What is to be learned from uploaded files: how they are read, what is known of them, how private it shall be. */
import {
  Accordion,
  Alert,
  Button,
  Checkbox,
  Group,
  List,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconBrain } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../../src/model/api/jobs.ts'
import type { AnswerOf, SentTo } from '../../api/call.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RowsTable } from './rows-table.tsx'

type Reading = NonNullable<SentTo<'peekTable'>['body']['reading']>

interface FitFormProps {
  project: string
  files: AnswerOf<'uploadFile'>[]
  tables: AnswerOf<'peekTable'>
  /** Reads the files again, so. */
  onReading: (reading: Reading) => void
  onBegun: (job: Job) => void
}

export function FitForm({ project, files, tables, onReading, onBegun }: FitFormProps) {
  const [only] = tables
  const [name, setName] = useState(modelNameOf(files[0]!.name))
  const [reading, setReading] = useState<Reading>({})
  const [synthesizer, setSynthesizer] = useState<string | null>(null)
  const [asSeries, setAsSeries] = useState(false)
  const [time, setTime] = useState<string | null>(only?.series?.time ?? null)
  const [entity, setEntity] = useState<string | null>(only?.series?.entity ?? null)
  const [constraints, setConstraints] = useState('')
  const [columns, setColumns] = useState('')
  const [keys, setKeys] = useState('')
  const [epsilon, setEpsilon] = useState<number | string>('')
  const [mergeBelow, setMergeBelow] = useState<number | string>('')
  const [neverReemit, setNeverReemit] = useState(false)
  const [seed, setSeed] = useState(1)
  const fit = useAction('fitTable', { changes: ['listJobs'], onDone: onBegun })
  const single = tables.length === 1
  const names = only?.columns.map(column => column.name) ?? []
  const read = (changed: Reading) => {
    setReading(changed)
    onReading(changed)
  }
  const begin = () =>
    fit.mutate({
      params: { project },
      body: {
        ...{ name, uploads: files.map(({ upload }) => upload), reading, seed, neverReemit },
        ...{ constraints: linesOf(constraints), columns: linesOf(columns), keys: linesOf(keys) },
        ...(synthesizer !== null && { synthesizer: synthesizer as 'network' | 'trees' }),
        series: single && asSeries && time !== null ? { time, entity } : null,
        ...(typeof epsilon === 'number' && { epsilon }),
        ...(typeof mergeBelow === 'number' && { mergeBelow }),
      },
    })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        begin()
      }}
    >
      <Stack gap="md">
        {tables.map(table => (
          <Stack gap={4} key={table.table}>
            <Text size="sm" fw={500}>
              {table.table}: {table.columns.length} columns, the first rows
            </Text>
            <RowsTable table={table} />
            <List size="xs" c="dimmed">
              {table.notes.map(note => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          </Stack>
        ))}
        {single && only?.series && !asSeries && (
          <Alert color="blue" title={`“${only.series.time}” looks like time.`}>
            <Text size="sm">
              Rows that follow each other are learned as a series, so that their order means something.
            </Text>
          </Alert>
        )}
        {single && (
          <Switch
            label="Rows follow each other in time"
            checked={asSeries}
            onChange={event => setAsSeries(event.currentTarget.checked)}
          />
        )}
        {single && asSeries && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select label="Column of time" data={names} value={time} onChange={setTime} searchable />
            <Select
              label="Column of entities"
              description="Machines, patients: each has a series of its own"
              placeholder="there is one"
              data={names}
              value={entity}
              onChange={setEntity}
              searchable
              clearable
            />
          </SimpleGrid>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="Name of the model"
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            required
          />
          {!asSeries && (
            <Select
              label="How it is learned"
              placeholder="as usual: trees"
              data={[
                { value: 'trees', label: 'Trees: closest to the original' },
                { value: 'network', label: 'Network: fastest, can be differentially private' },
              ]}
              value={synthesizer}
              onChange={setSynthesizer}
              clearable
            />
          )}
        </SimpleGrid>
        <Accordion variant="separated" chevronPosition="left">
          <Accordion.Item value="reading">
            <Accordion.Control>How the files are read</Accordion.Control>
            <Accordion.Panel>
              <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
                <Select
                  label="Names of the columns"
                  placeholder="guessed"
                  data={[
                    { value: 'yes', label: 'in the first row' },
                    { value: 'no', label: 'not in the file' },
                  ]}
                  value={reading.header === undefined ? null : reading.header ? 'yes' : 'no'}
                  onChange={value =>
                    read(value === null ? without(reading, 'header') : { ...reading, header: value === 'yes' })
                  }
                  clearable
                />
                <Select
                  label="Decimal mark"
                  placeholder="guessed"
                  data={['.', ',']}
                  value={reading.decimal ?? null}
                  onChange={value =>
                    read(value === null ? without(reading, 'decimal') : { ...reading, decimal: value as '.' | ',' })
                  }
                  clearable
                />
                <Checkbox
                  mt={{ sm: 28 }}
                  label="Units stand under the names"
                  checked={reading.unitRow === true}
                  onChange={event =>
                    read(event.currentTarget.checked ? { ...reading, unitRow: true } : without(reading, 'unitRow'))
                  }
                />
                <Checkbox
                  mt={{ sm: 28 }}
                  label="Days before months"
                  checked={reading.dayFirst === true}
                  onChange={event =>
                    read(event.currentTarget.checked ? { ...reading, dayFirst: true } : without(reading, 'dayFirst'))
                  }
                />
              </SimpleGrid>
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="known">
            <Accordion.Control>What is known of it</Accordion.Control>
            <Accordion.Panel>
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                {single ? (
                  <>
                    <Textarea
                      label="What always holds"
                      description="A line each: start <= end, 0 <= age <= 120, unique(code), together(city, zip), sum(a, b) = total"
                      autosize
                      minRows={2}
                      value={constraints}
                      onChange={event => setConstraints(event.currentTarget.value)}
                    />
                    <Textarea
                      label="What columns are"
                      description="Where they are mistaken, a line each: zip=category, name=name, age=number:0..120"
                      autosize
                      minRows={2}
                      value={columns}
                      onChange={event => setColumns(event.currentTarget.value)}
                    />
                  </>
                ) : (
                  <Textarea
                    label="Keys"
                    description="Those that the files do not say, a line each: customers.id, orders.customer=customers.id"
                    autosize
                    minRows={2}
                    value={keys}
                    onChange={event => setKeys(event.currentTarget.value)}
                  />
                )}
                <NumberInput label="Seed" min={0} value={seed} onChange={value => setSeed(Number(value) || 0)} />
              </SimpleGrid>
            </Accordion.Panel>
          </Accordion.Item>
          {!asSeries && (
            <Accordion.Item value="privacy">
              <Accordion.Control>Privacy</Accordion.Control>
              <Accordion.Panel>
                <SimpleGrid cols={{ base: 1, sm: 3 }}>
                  <NumberInput
                    label="Differential privacy, ε"
                    description="How much may be learned of anybody: 1 is strict, 10 is weak. Learns a network."
                    placeholder="none"
                    min={0.01}
                    step={0.5}
                    value={epsilon}
                    onChange={setEpsilon}
                  />
                  <NumberInput
                    label="Merge categories below"
                    description="Those that fewer rows have become one"
                    placeholder="none"
                    min={1}
                    value={mergeBelow}
                    onChange={setMergeBelow}
                  />
                  <Checkbox
                    label="Never give out a number of the original"
                    description="However many rows share it"
                    checked={neverReemit}
                    onChange={event => setNeverReemit(event.currentTarget.checked)}
                  />
                </SimpleGrid>
              </Accordion.Panel>
            </Accordion.Item>
          )}
        </Accordion>
        <ProblemNotice error={fit.error} />
        <Group>
          <Button type="submit" leftSection={<IconBrain size={16} />} loading={fit.isPending}>
            Learn
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

function without<K extends keyof Reading>(reading: Reading, name: K): Reading {
  const { [name]: _, ...others } = reading
  return others
}

function modelNameOf(file: string): string {
  const plain = file
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64)
  return plain === '' ? 'table' : plain
}
