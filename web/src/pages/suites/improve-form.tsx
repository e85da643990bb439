/** Improves automatically: augments what failed, retrains, tests again on records that none of it saw. */
import {
  Accordion,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { SplitInput } from '../../../../src/model/api/figures.ts'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import type { TrialRow, TrialSummary } from '../../../../src/model/api/suite-shapes.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ProviderChoice } from '../../parts/provider-choice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { SplitFields } from '../models/split-fields.tsx'

const modes = [
  { value: 'add', label: 'Beside their originals' },
  { value: 'inplace', label: 'Each in the place of its original' },
  { value: 'transformed', label: 'In the place of all originals' },
]

interface ImproveFormProps {
  project: string
  trial: TrialSummary
  rows: TrialRow[]
}

export function ImproveForm({ project, trial, rows }: ImproveFormProps) {
  const suites = useEndpoint('listSuites', {})
  const [suite, setSuite] = useState<string>()
  const [tests, setTests] = useState<string[]>([])
  const [rounds, setRounds] = useState(2)
  const [mode, setMode] = useState('add')
  const [maxProportion, setMaxProportion] = useState<number>()
  const [wrong, setWrong] = useState(false)
  const [provider, setProvider] = useState<string>()
  const [wanted, setWanted] = useState(50)
  const [name, setName] = useState('')
  const [split, setSplit] = useState<SplitInput>({})
  const navigate = useNavigate()
  const job = useOwnJob(project, ['improve'])
  const improve = useAction('improve', { changes: ['listJobs'], onDone: job.began })
  const names = suites.data?.map(each => each.name) ?? []
  const chosen = suite ?? names.find(each => each === trial.suite)
  const ended = (over: Job) => {
    job.ended(over)
    const done = resultOf(over, 'improve')
    if (done) void navigate({ to: `/p/${project}/improvements/${done.improvement}` })
  }
  const lacksProvider = wrong && provider === undefined
  const start = () =>
    improve.mutate({
      params: { project },
      body: {
        ...{ suite: chosen, split, rounds, name: name.trim() || undefined },
        mode: mode as 'add' | 'inplace' | 'transformed',
        tests: tests.length > 0 ? tests : undefined,
        maxProportion,
        wrong: wrong && provider !== undefined ? { provider, target: wanted } : undefined,
      },
    })
  return (
    <Paper withBorder p="md" component="section" aria-label="Improve automatically">
      <Title order={2} size="h4">
        Improve automatically
      </Title>
      <Text size="sm" c="dimmed" maw={820} mb="sm">
        A model that learned from most of the records is tested on the rest of them, and shows what fails. For each test
        that failed, or reached its minimum by so little that it might not, each training record is changed once. At
        last two models learn, one with and one without what was made, and both are tested on records and cases that
        nothing was chosen by. The new records are records like others, tagged “augmented”.
      </Text>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label="Suite"
            data={names}
            value={chosen ?? null}
            placeholder="What is advised for the project’s kind"
            onChange={given => setSuite(given ?? undefined)}
          />
          <NumberInput
            label="Rounds"
            description="Times that it is tested and augmented before the last training"
            min={1}
            max={5}
            allowDecimal={false}
            value={rounds}
            onChange={given => setRounds(typeof given === 'number' ? given : 2)}
          />
        </SimpleGrid>
        {trial.task === 'classification' && (
          <>
            <Checkbox
              label="New examples like the mistakes, too"
              description="Written by a provider, beside what the tests make"
              checked={wrong}
              onChange={({ currentTarget }) => setWrong(currentTarget.checked)}
            />
            {wrong && (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <ProviderChoice project={project} value={provider} onChange={setProvider} />
                <NumberInput
                  label="How many to keep"
                  min={1}
                  max={10_000}
                  value={wanted}
                  onChange={given => setWanted(typeof given === 'number' ? given : 50)}
                />
              </SimpleGrid>
            )}
          </>
        )}
        <Accordion variant="contained">
          <Accordion.Item value="more">
            <Accordion.Control>Which tests, how much, what is tested on</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <MultiSelect
                  label="Augment by these tests alone"
                  description="Empty: those that fail"
                  data={rows.filter(({ mayBeAugmented }) => mayBeAugmented).map(({ test }) => test)}
                  value={tests}
                  onChange={setTests}
                />
                <NumberInput
                  label="Most new records, as a share of those learned from"
                  description="Empty: as many times all of them as tests failed"
                  suffix=" %"
                  min={0}
                  max={1000}
                  value={maxProportion === undefined ? '' : 100 * maxProportion}
                  onChange={given => setMaxProportion(typeof given === 'number' ? given / 100 : undefined)}
                />
                <Select
                  label="Where the new records go"
                  data={modes}
                  value={mode}
                  allowDeselect={false}
                  onChange={given => given && setMode(given)}
                />
                <TextInput
                  label="Name of the models"
                  placeholder={project}
                  value={name}
                  onChange={({ currentTarget }) => setName(currentTarget.value)}
                />
                <SplitFields value={split} onChange={setSplit} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <ProblemNotice error={improve.error} />
        {job.id !== undefined && <JobProgress key={job.id} job={job.id} onEnd={ended} />}
        {!job.busy && (
          <Group gap="sm">
            <Button
              leftSection={<IconSparkles size={16} />}
              loading={improve.isPending}
              disabled={lacksProvider}
              onClick={start}
            >
              Improve
            </Button>
            {lacksProvider && (
              <Text size="sm" c="dimmed">
                Choose who writes the examples, or do without.
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
