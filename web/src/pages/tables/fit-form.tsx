/** What is to be learned from uploaded files: how they are read, what is known of them, how private it shall be. */
import {
  Accordion,
  Alert,
  Button,
  Group,
  List,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { IconBrain } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../../src/model/api/jobs.ts'
import type { AnswerOf } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { type Known, KnownOptions } from './known-options.tsx'
import { type Privacy, PrivacyOptions } from './privacy-options.tsx'
import { type Reading, ReadingOptions } from './reading-options.tsx'
import { RowsTable } from './rows-table.tsx'

interface FitFormProps {
  project: string
  files: AnswerOf<'uploadFile'>[]
  onBegun: (job: Job) => void
}

export function FitForm({ project, files, onBegun }: FitFormProps) {
  const [name, setName] = useState(modelNameOf(files[0]!.name))
  const [reading, setReading] = useState<Reading>({})
  const [synthesizer, setSynthesizer] = useState<string | null>(null)
  const [asSeries, setAsSeries] = useState(false)
  const [series, setSeries] = useState<Partial<SeriesColumns>>({})
  const [known, setKnown] = useState<Known>({ constraints: '', columns: '', keys: '', seed: 1 })
  const [privacy, setPrivacy] = useState<Privacy>({})
  const uploads = files.map(({ upload }) => upload)
  const peek = useEndpoint('peekTable', { params: { project }, body: { uploads, reading } }, { keepPrevious: true })
  const fit = useAction('fitTable', { changes: ['listJobs'], onDone: onBegun })
  const tables = peek.data ?? []
  const [only] = tables
  const single = tables.length === 1
  const names = only?.columns.map(column => column.name) ?? []
  const { time = null, entity = null } = { ...only?.series, ...series }
  const missing = peek.error
    ? 'The files cannot be read so: say how they are read.'
    : asSeries && time === null
      ? 'Choose the column of time first.'
      : undefined
  const begin = () =>
    fit.mutate({
      params: { project },
      body: {
        ...{ name, uploads, reading, seed: known.seed },
        ...{ constraints: linesOf(known.constraints), columns: linesOf(known.columns), keys: linesOf(known.keys) },
        ...(asSeries
          ? { series: time === null ? null : { time, entity } }
          : { ...privacy, ...(synthesizer !== null && { synthesizer: synthesizer as 'network' | 'trees' }) }),
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
        <ProblemNotice error={peek.error} />
        {peek.isPending && <Skeleton height={160} role="status" aria-label="Reading the files" />}
        {tables.map(table => (
          <Stack gap={4} key={table.table}>
            <Text size="sm" fw={600}>
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
            <Select
              label="Column of time"
              data={names}
              value={time}
              onChange={value => setSeries({ ...series, time: value })}
              searchable
            />
            <Select
              label="Column of entities"
              description="Machines, patients: each has a series of its own"
              placeholder="there is one"
              data={names}
              value={entity}
              onChange={value => setSeries({ ...series, entity: value })}
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
              <ReadingOptions reading={reading} onChange={setReading} />
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="known">
            <Accordion.Control>What is known of it</Accordion.Control>
            <Accordion.Panel>
              <KnownOptions single={single} known={known} onChange={setKnown} />
            </Accordion.Panel>
          </Accordion.Item>
          {!asSeries && (
            <Accordion.Item value="privacy">
              <Accordion.Control>Privacy</Accordion.Control>
              <Accordion.Panel>
                <PrivacyOptions privacy={privacy} onChange={setPrivacy} />
              </Accordion.Panel>
            </Accordion.Item>
          )}
        </Accordion>
        <ProblemNotice error={fit.error} />
        <Group>
          <Button
            type="submit"
            leftSection={<IconBrain size={16} />}
            loading={fit.isPending}
            disabled={missing !== undefined || !peek.data}
            title={missing}
          >
            Learn
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface SeriesColumns {
  time: string | null
  entity: string | null
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
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
