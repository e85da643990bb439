/** Compares a synthetic table with the real one: how alike, how useful, what it gives away. */
import { Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { shownWhen } from '../../parts/figure-words.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { ChosenFile, type SentFile } from './chosen-file.tsx'
import { ResultJob } from './result-job.tsx'

const searchSchema = z.object({ sample: z.string().optional().catch(undefined) })
const uploaded = 'a file of my own'

export function TableComparisonPage() {
  const { project = '' } = useParams({ strict: false })
  const [{ sample }, change] = usePageSearch(searchSchema)
  const samples = useEndpoint('listTableResults', { params: { project }, query: { kind: 'sample' } })
  const [real, setReal] = useState<SentFile>()
  const [synthetic, setSynthetic] = useState<SentFile>()
  const [holdout, setHoldout] = useState<SentFile>()
  const [target, setTarget] = useState('')
  const [time, setTime] = useState('')
  const [entity, setEntity] = useState('')
  const [seed, setSeed] = useState(1)
  const job = useOwnJob(project, ['compare-tables'])
  const compare = useAction('compareTables', { changes: ['listJobs'], onDone: job.began })
  const ready = real !== undefined && (sample !== undefined || synthetic !== undefined)
  const given = (text: string) => (text.trim() === '' ? undefined : text.trim())
  const begin = () =>
    compare.mutate({
      params: { project },
      body: {
        real: real!.upload,
        ...(sample === undefined ? { synthetic: synthetic!.upload } : { sample }),
        ...{ holdout: holdout?.upload, target: given(target), time: given(time), entity: given(entity), seed },
      },
    })
  return (
    <Page
      title="Compare tables"
      lead="How like the real rows the synthetic ones are, whether a model learns the same from them, and how near they come to anybody."
    >
      <Paper withBorder p="md">
        <form
          onSubmit={event => {
            event.preventDefault()
            if (ready && !job.busy) begin()
          }}
        >
          <Stack gap="md">
            <ChosenFile label="The real table" value={real} onChange={setReal} />
            <Select
              label="The synthetic table"
              data={[
                ...(samples.data ?? []).map(({ id, title, createdMs }) => ({
                  value: id,
                  label: `${title}, drawn ${shownWhen(createdMs)}`,
                })),
                { value: uploaded, label: 'A file of my own' },
              ]}
              value={sample ?? uploaded}
              onChange={value => change({ sample: value === uploaded || value === null ? undefined : value })}
              allowDeselect={false}
            />
            {sample === undefined && (
              <ChosenFile label="The synthetic file" value={synthetic} onChange={setSynthetic} />
            )}
            <ChosenFile
              label="Real rows that were not learned from"
              description="Without them nobody can say whether rows were memorised. May be left out."
              value={holdout}
              onChange={setHoldout}
            />
            <TextInput
              label="Column to predict"
              description="Models are trained to tell it, on real and on synthetic rows. Left empty, one is proposed."
              value={target}
              onChange={event => setTarget(event.currentTarget.value)}
            />
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label="Column of time"
                description="If rows follow each other"
                value={time}
                onChange={event => setTime(event.currentTarget.value)}
              />
              <TextInput
                label="Column of entities"
                description="If there are several series"
                value={entity}
                onChange={event => setEntity(event.currentTarget.value)}
              />
              <NumberInput
                label="Seed"
                description="Of what chance decides"
                min={0}
                value={seed}
                onChange={value => setSeed(Number(value) || 0)}
              />
            </SimpleGrid>
            <ProblemNotice error={compare.error} />
            <Group>
              <Button
                type="submit"
                leftSection={<IconScale size={16} />}
                loading={compare.isPending}
                disabled={!ready || job.busy}
                title={ready ? undefined : 'Choose the real and the synthetic table first.'}
              >
                Compare
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
      <ResultJob project={project} kind="compare-tables" job={job} />
    </Page>
  )
}
