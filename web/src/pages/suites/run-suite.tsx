/** Puts a suite, or a trial whose cases are there, to a model; or only makes the cases, to be looked at first. */
import { Accordion, Anchor, Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconListDetails, IconPlayerPlay } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { SplitInput } from '../../../../src/model/api/figures.ts'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import type { ShownSuite } from '../../../../src/model/api/suite-shapes.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ProviderChoice } from '../../parts/provider-choice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { SplitFields } from '../models/split-fields.tsx'
import { type TargetDraft, TargetFields, targetOf } from './target-fields.tsx'

interface RunSuiteProps {
  project: string
  task: 'classification' | 'entities'
  suites: ShownSuite[]
  suite?: string | undefined
  model?: string | undefined
}

const expectations = [
  { value: '', label: 'As the suite says, else its own answer on the original' },
  { value: 'prediction', label: 'Its own answer on the original: is it steady?' },
  { value: 'gold', label: 'The label of the data: is it right?' },
]

export function RunSuite({ project, task, suites, suite: wished, model }: RunSuiteProps) {
  const fitting = suites.filter(({ tasks }) => tasks.includes(task))
  const usual = fitting.find(({ name }) => name === wished) ?? fitting[0]
  const [chosen, setChosen] = useState<string>()
  const suite = fitting.find(({ name }) => name === chosen) ?? usual
  const [draft, setDraft] = useState<TargetDraft>({ kind: 'model', ...(model !== undefined && { model }) })
  const [expected, setExpected] = useState('')
  const [split, setSplit] = useState<SplitInput>({})
  const [provider, setProvider] = useState<string>()
  const models = useEndpoint('listModels', { params: { project } })
  const { job, ended } = useTrialJob(project)
  const run = useAction('runSuite', { changes: ['listJobs'], onDone: job.began })
  const generate = useAction('generateCases', { changes: ['listJobs'], onDone: job.began })
  if (!suite)
    return (
      <Text size="sm">
        None of the suites is for {task === 'entities' ? 'models that find entities' : 'models that give labels'}: make
        a new one.
      </Text>
    )
  const ids = models.data?.map(({ id }) => id) ?? []
  const asks = suite.tests.some(({ category }) => category !== 'representation')
  const rewords = suite.tests.some(({ kind }) => kind === 'paraphrase')
  const chosenTarget = asks ? targetOf(draft, ids) : undefined
  const missing = chosenTarget && 'missing' in chosenTarget ? chosenTarget.missing : undefined
  const shared = { suite: suite.name, split, ...(rewords && { provider }) }
  const start = () =>
    run.mutate({
      params: { project },
      body: {
        ...shared,
        target: chosenTarget && 'target' in chosenTarget ? chosenTarget.target : undefined,
        expected: (expected || undefined) as 'prediction' | 'gold' | undefined,
      },
    })
  const own = draft.kind === 'model' ? (draft.model ?? ids[0]) : undefined
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        start()
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label="Suite"
            data={fitting.map(({ name }) => name)}
            value={suite.name}
            allowDeselect={false}
            onChange={name => name && setChosen(name)}
            description={
              <Anchor component={Link} to={`/p/${project}/suites/${suite.name}`} inherit>
                See and change its {suite.tests.length} tests
              </Anchor>
            }
          />
          <Select
            label="What is right"
            description="What a test case is compared with"
            data={expectations}
            value={expected}
            allowDeselect={false}
            onChange={value => setExpected(value ?? '')}
          />
        </SimpleGrid>
        {asks && <TargetFields project={project} value={draft} onChange={setDraft} />}
        {rewords && (
          <ProviderChoice
            project={project}
            value={provider}
            onChange={setProvider}
            label="Who rewords texts"
            description="For the test paraphrase"
          />
        )}
        <Accordion variant="contained">
          <Accordion.Item value="split">
            <Accordion.Control>Which records are tested on</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <SplitFields value={split} onChange={setSplit} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <ProblemNotice error={run.error ?? generate.error} />
        {job.id !== undefined && <JobProgress key={job.id} job={job.id} onEnd={ended} />}
        {!job.busy && (
          <Group gap="sm">
            <Button
              type="submit"
              leftSection={<IconPlayerPlay size={16} />}
              loading={run.isPending}
              disabled={missing !== undefined}
            >
              Run the tests
            </Button>
            <Button
              variant="default"
              leftSection={<IconListDetails size={16} />}
              loading={generate.isPending}
              onClick={() => generate.mutate({ params: { project }, body: { ...shared, model: own } })}
            >
              Look at the cases first
            </Button>
            {missing !== undefined && (
              <Text size="sm" c="dimmed">
                {missing}
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </form>
  )
}

/** A job that ends with a trial, whose page it opens then. */
function useTrialJob(project: string) {
  const job = useOwnJob(project, ['suite', 'cases'])
  const navigate = useNavigate()
  const ended = (over: Job) => {
    job.ended(over)
    const tested = resultOf(over, 'suite')
    const generated = resultOf(over, 'cases')
    if (tested) void navigate({ to: `/p/${project}/trials/${tested.trial}` })
    if (generated) void navigate({ to: `/p/${project}/trials/${generated.trial}?view=cases` })
  }
  return { job, ended }
}
