/** A run as a set of tables of the project: with the parameters and the seed that are watched, for as many steps as wanted. */
import { Button, Group, NumberInput, Select, Stack } from '@mantine/core'
import { IconPlant2, IconTable } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { ResultJob } from '../tables/result-job.tsx'

interface KeepRunProps {
  project: string
  simulation: string
  parameters: Record<string, unknown>
  seed: string
  usualSteps: number
}

type Format = 'csv' | 'parquet' | 'jsonl'

const formats = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
  { value: 'jsonl', label: 'JSON Lines' },
]

export function KeepRun({ project, simulation, parameters, seed, usualSteps }: KeepRunProps) {
  const [steps, setSteps] = useState(usualSteps)
  const [format, setFormat] = useState<Format>('csv')
  const job = useOwnJob(project, ['run-simulation'])
  const run = useAction('runSimulation', { changes: ['listJobs'], onDone: job.began })
  return (
    <CardSection
      title="Make a dataset of it"
      lead={`From the first step on, with the parameters above and seed ${seed}: all tables that the model collects, and a card that says how they were made.`}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          run.mutate({ params: { project }, body: { simulation, parameters, seed, steps, format } })
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end">
            <NumberInput
              label="Steps"
              min={0}
              max={1_000_000_000}
              allowDecimal={false}
              thousandSeparator=","
              value={steps}
              onChange={value => typeof value === 'number' && setSteps(value)}
            />
            <Select
              label="Files"
              data={formats}
              value={format}
              onChange={value => value && setFormat(value as Format)}
              allowDeselect={false}
            />
            <Button type="submit" leftSection={<IconTable size={16} />} loading={run.isPending || job.busy}>
              Run to files
            </Button>
            <Button
              component={Link}
              to={`/p/${project}/grow/simulation`}
              variant="default"
              leftSection={<IconPlant2 size={16} />}
            >
              Grow records instead
            </Button>
          </Group>
          <ProblemNotice error={run.error} />
          <ResultJob project={project} kind="run-simulation" job={job} />
        </Stack>
      </form>
    </CardSection>
  )
}
