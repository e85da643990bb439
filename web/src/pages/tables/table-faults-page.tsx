/** Puts labelled sensor faults into a table of readings. */
import { Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconBolt, IconPlus } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { ChosenFile, type SentFile } from './chosen-file.tsx'
import { type FaultEntry, FaultFields } from './fault-fields.tsx'
import { ResultJob } from './result-job.tsx'

const firstFault: FaultEntry = { id: 1, kind: 'drift', column: '', count: 3 }

export function TableFaultsPage() {
  const { project = '' } = useParams({ strict: false })
  const [file, setFile] = useState<SentFile>()
  const [time, setTime] = useState<string | null>(null)
  const [entity, setEntity] = useState<string | null>(null)
  const [faults, setFaults] = useState<FaultEntry[]>([firstFault])
  const [seed, setSeed] = useState(1)
  const peek = useAction('peekTable')
  const job = useOwnJob(project, ['inject-faults'])
  const inject = useAction('injectFaults', { changes: ['listJobs'], onDone: job.began })
  const kinds = useEndpoint('listFaultKinds', {})
  const [table] = peek.data ?? []
  const columns = table?.columns ?? []
  const sensors = columns.filter(
    ({ type, name }) => (type === 'decimal' || type === 'integer') && name !== time && name !== entity,
  )
  const choose = (chosen: SentFile | undefined) => {
    setFile(chosen)
    setTime(null)
    setEntity(null)
    setFaults([firstFault])
    if (chosen) {
      peek.mutate(
        { params: { project }, body: { uploads: [chosen.upload] } },
        {
          onSuccess: ([found]) => {
            setTime(found?.series?.time ?? null)
            setEntity(found?.series?.entity ?? null)
          },
        },
      )
    }
  }
  const ready =
    file !== undefined && table !== undefined && faults.length > 0 && faults.every(({ column }) => column !== '')
  const begin = () =>
    inject.mutate({
      params: { project },
      body: {
        upload: file!.upload,
        time: time ?? undefined,
        entity: entity ?? undefined,
        faults: faults.map(({ id: _, ...fault }) => fault),
        seed,
      },
    })
  return (
    <Page
      title="Put faults in"
      lead="Readings of sensors in, the same readings with labelled faults out: a column that says which fault a row lies in, and a table of where each begins and ends."
    >
      <Paper withBorder p="md">
        <form
          onSubmit={event => {
            event.preventDefault()
            if (ready && !job.busy) begin()
          }}
        >
          <Stack gap="md">
            <ChosenFile
              label="The table of readings"
              description="CSV, blank-separated text, Parquet, JSON; decimal commas and rows of units are understood."
              value={file}
              onChange={choose}
            />
            <ProblemNotice error={peek.error} />
            {table && (
              <>
                <SimpleGrid cols={{ base: 1, sm: 3 }}>
                  <Select
                    label="Column of time"
                    placeholder="rows are in order"
                    data={columns.map(({ name }) => name)}
                    value={time}
                    onChange={setTime}
                    clearable
                  />
                  <Select
                    label="Column of machines"
                    placeholder="there is one"
                    data={columns.map(({ name }) => name)}
                    value={entity}
                    onChange={setEntity}
                    clearable
                  />
                  <NumberInput label="Seed" min={0} value={seed} onChange={value => setSeed(Number(value) || 0)} />
                </SimpleGrid>
                {faults.map((fault, at) => (
                  <FaultFields
                    key={fault.id}
                    number={at + 1}
                    fault={fault}
                    kinds={kinds.data ?? []}
                    sensors={sensors.map(({ name }) => name)}
                    onChange={changed => setFaults(faults.map(other => (other.id === fault.id ? changed : other)))}
                    {...(faults.length > 1 && {
                      onRemove: () => setFaults(faults.filter(({ id }) => id !== fault.id)),
                    })}
                  />
                ))}
                {sensors.length === 0 && <Text size="sm">No column holds numbers, so no sensor can fail.</Text>}
                <ProblemNotice error={inject.error} />
                <Group>
                  <Button
                    type="submit"
                    leftSection={<IconBolt size={16} />}
                    loading={inject.isPending}
                    disabled={!ready || job.busy}
                    title={ready ? undefined : 'Choose a sensor for each fault first.'}
                  >
                    Put faults in
                  </Button>
                  <Button
                    variant="default"
                    leftSection={<IconPlus size={16} />}
                    onClick={() =>
                      setFaults([...faults, { ...firstFault, id: 1 + Math.max(0, ...faults.map(({ id }) => id)) }])
                    }
                  >
                    Another fault
                  </Button>
                </Group>
              </>
            )}
          </Stack>
        </form>
      </Paper>
      <ResultJob project={project} kind="inject-faults" job={job} />
    </Page>
  )
}
