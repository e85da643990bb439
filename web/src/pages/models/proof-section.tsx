/** Whether what was grown helps: proved on real records, beside what is had for nothing. */
import { Accordion, Alert, Badge, Button, Group, NumberInput, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { SplitInput } from '../../../../src/model/api/figures.ts'
import type { ShownProof } from '../../../../src/model/api/models.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { shownChange, shownCount, shownCounts, shownPoints, shownScore, shownWhen } from '../../parts/figure-words.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { SplitFields } from './split-fields.tsx'

const arms = [
  ['real', 'Real records alone'],
  ['weights', '… with class weights'],
  ['duplicated', '… with as many of them twice as were grown'],
  ['grown', 'Real and grown records'],
] as const

const verdicts = {
  helps: { colour: 'leaf', word: 'It helps' },
  'no difference': { colour: 'gray', word: 'No difference that this test could show' },
  harms: { colour: 'red', word: 'It harms' },
} as const

const mostLabels = 30

export function ProofSection({ project }: { project: string }) {
  const proofs = useEndpoint('listProofs', { params: { project } })
  const job = useOwnJob(project, ['prove'])
  const [split, setSplit] = useState<SplitInput>({})
  const [seeds, setSeeds] = useState(5)
  const prove = useAction('proveModel', { changes: ['listJobs'], onDone: job.began })
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="proof-title">
      <Title order={2} size="h4" id="proof-title">
        Does what was grown help?
      </Title>
      <Text size="sm" c="dimmed" maw={760} mb="sm">
        Models are trained on real records alone, on these with class weights, on these with some of them twice, and
        with what was grown; all are tested on the same real records that none of them saw.
      </Text>
      <Stack gap="md">
        <Group align="flex-end">
          <NumberInput
            label="Models of each kind"
            description="More: a surer verdict, and longer"
            min={1}
            max={20}
            w={200}
            value={seeds}
            onChange={given => setSeeds(typeof given === 'number' ? given : 5)}
          />
          <Button
            onClick={() => prove.mutate({ params: { project }, body: { split, seeds } })}
            loading={prove.isPending || job.busy}
          >
            Prove it
          </Button>
        </Group>
        <Accordion variant="contained">
          <Accordion.Item value="split">
            <Accordion.Control>What is tested on</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <SplitFields value={split} onChange={setSplit} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <ProblemNotice error={prove.error} />
        {job.id !== undefined && (
          <JobProgress
            key={job.id}
            job={job.id}
            onEnd={over => {
              job.ended(over)
              void proofs.refetch()
            }}
          />
        )}
        <Loaded of={proofs}>{([newest]) => (newest ? <ProofReport proof={newest} /> : null)}</Loaded>
      </Stack>
    </Paper>
  )
}

function ProofReport({ proof }: { proof: ShownProof }) {
  const { verdict, words, records, seeds, createdMs, notes, labels } = proof
  const { colour, word } = verdicts[verdict]
  const figures = { 'Macro F1': proof.macroF1, 'Micro F1': proof.microF1, 'Texts right': proof.accuracy }
  return (
    <Stack gap="sm">
      <Alert color={colour} title={word}>
        {words}
      </Alert>
      <Text size="sm" c="dimmed">
        {shownWhen(createdMs)}: {shownCounts(records.real, 'real record')} and {shownCount(records.grown)} grown; tested
        on {shownCount(records.test)} that neither saw; {shownCounts(seeds, 'seed')}, each with nine tenths of the real
        ones. {notes.join(' ')}
      </Text>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} aria-label="Scores, scrolls sideways">
        <Table tabularNums aria-label="Scores by what was learned from">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Learned from</Table.Th>
              {Object.keys(figures).map(name => (
                <Table.Th key={name} ta="right">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {arms.map(([arm, name]) => (
              <Table.Tr key={arm} fw={arm === 'grown' ? 600 : undefined}>
                <Table.Td>{name}</Table.Td>
                {Object.entries(figures).map(([figure, values]) => (
                  <Table.Td key={figure} ta="right">
                    {shownScore(values[arm])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Title order={3} size="h5">
        F1 by label, the worst first
      </Title>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label="F1 by label, scrolls sideways">
        <Table tabularNums aria-label="F1 by label, before and after">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Label</Table.Th>
              <Table.Th ta="right">Real</Table.Th>
              <Table.Th ta="right">Grown</Table.Th>
              <Table.Th ta="right">F1 before</Table.Th>
              <Table.Th ta="right">F1 after</Table.Th>
              <Table.Th ta="right">Change in points (95 %)</Table.Th>
              <Table.Th>Verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {labels.slice(0, mostLabels).map(({ label, real, grown, f1, difference, verdict }) => (
              <Table.Tr key={label}>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{label}</Table.Td>
                <Table.Td ta="right">{shownCount(real)}</Table.Td>
                <Table.Td ta="right">{shownCount(grown)}</Table.Td>
                <Table.Td ta="right">{shownScore(f1.real)}</Table.Td>
                <Table.Td ta="right">{shownScore(f1.grown)}</Table.Td>
                <Table.Td ta="right">{shownPoints(difference)}</Table.Td>
                <Table.Td>
                  {verdict !== 'no difference' && (
                    <Badge tt="none" miw="max-content" color={verdicts[verdict].colour} variant="light">
                      {verdict}
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {labels.length > mostLabels && (
        <Text size="sm" c="dimmed">
          … and {shownCount(labels.length - mostLabels)} more labels. The change in macro F1 over all:{' '}
          {shownChange(proof.differences.real.value, 3)}.
        </Text>
      )}
    </Stack>
  )
}
