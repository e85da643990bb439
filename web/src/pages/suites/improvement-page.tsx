/** Before and after: what each test was and is, what was added for it, and which model to use. */
import { Alert, Anchor, Button, Group, List, Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ShownImprovement } from '../../../../src/model/api/suite-shapes.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import {
  directionOf,
  shownChange,
  shownChangeInterval,
  shownCount,
  shownCounts,
  shownScore,
  shownWhen,
} from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { BeforeAfterTable } from './before-after-table.tsx'

type Comparison = NonNullable<ShownImprovement['comparison']>

export function ImprovementPage() {
  const { project = '', improvement: id = '' } = useParams({ strict: false })
  const shown = useEndpoint('showImprovement', { params: { improvement: id } })
  const models = shown.data?.models
  return (
    <Page
      wide
      title="Before and after"
      lead={
        shown.data &&
        `Improved by suite ${shown.data.suite}, ${shownWhen(shown.data.createdMs)}. ${shownCounts(shown.data.records.learned, 'record')} learned from, ${shownCount(shown.data.records.chosenBy)} of them to choose by, ${shownCount(shown.data.records.tested)} that only the last test saw.`
      }
      actions={
        models && (
          <Button component={Link} to={`/p/${project}/models/${models.after}`} leftSection={<IconCheck size={16} />}>
            Use this model
          </Button>
        )
      }
    >
      <Loaded of={shown}>
        {improvement => (
          <Stack gap="lg">
            {improvement.comparison && improvement.models ? (
              <>
                <Verdict project={project} comparison={improvement.comparison} models={improvement.models} />
                <CardSection title="Each test, before and after">
                  <BeforeAfterTable comparison={improvement.comparison} />
                </CardSection>
              </>
            ) : (
              <EmptyState
                title="No model was trained: nothing was made that one could learn from."
                action={
                  <Button component={Link} to={`/p/${project}/suites`}>
                    Back to the tests
                  </Button>
                }
              >
                Either no test failed that augmenting could help, or all that there is to make is there already.
              </EmptyState>
            )}
            <CardSection title="What was added">
              <Added project={project} improvement={improvement} />
            </CardSection>
            {improvement.notes.length > 0 && (
              <CardSection title="Notes">
                <List size="sm">
                  {improvement.notes.map(note => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              </CardSection>
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function Verdict({
  project,
  comparison: { gapClosed, gapTests, tests, clean },
  models,
}: {
  project: string
  comparison: Comparison
  models: NonNullable<ShownImprovement['models']>
}) {
  const direction = directionOf(gapClosed)
  const percent = (share: number | null) => (share === null ? '–' : `${Math.round(100 * share)}\u00a0%`)
  const good = direction === 'better' && clean.held
  const words = {
    better: `The mean gap to a rate of 1 closed by ${percent(gapClosed.value)}`,
    worse: `The mean gap to a rate of 1 grew by ${percent(-gapClosed.value)}`,
    open: `The mean gap to a rate of 1 changed by less than this test could show (${percent(gapClosed.value)})`,
  }[direction]
  return (
    <Stack gap="sm">
      <Alert
        color={good ? 'leaf' : direction === 'worse' || !clean.held ? 'red' : 'gray'}
        title={good ? 'It is sturdier, and as right as before' : clean.held ? words : 'It is less right on clean texts'}
      >
        {words} (95 %: {percent(gapClosed.interval.low)} to {percent(gapClosed.interval.high)}
        {gapTests < tests.length && `, of the ${gapTests} tests with enough cases to say`}). Clean {clean.figure}{' '}
        {clean.held ? 'held' : 'fell by more than a point'}: {shownScore(clean.before)} before,{' '}
        {shownScore(clean.after)} after.
      </Alert>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Figure name={`Clean ${clean.figure}`} value={`${shownScore(clean.before)} → ${shownScore(clean.after)}`}>
          {shownChange(clean.difference.value, 3)} (95 %: {shownChangeInterval(clean.difference.interval, 3)})
        </Figure>
        <Figure
          name="Tests that fail"
          value={`${tests.filter(({ before }) => before.pass === false).length} → ${tests.filter(({ after }) => after.pass === false).length}`}
        >
          of {shownCounts(tests.length, 'test')} that change texts
        </Figure>
        <Figure
          name="Models"
          value={
            <Group gap={6}>
              <Anchor component={Link} to={`/p/${project}/models/${models.before}`}>
                {models.before}
              </Anchor>
              <IconArrowRight size={16} aria-label="to" />
              <Anchor component={Link} to={`/p/${project}/models/${models.after}?with=${models.before}`}>
                {models.after}
              </Anchor>
            </Group>
          }
        >
          “{models.after.split('@')[0]}” means the newer one. To go back, remove it.
        </Figure>
      </SimpleGrid>
    </Stack>
  )
}

function Figure({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="lg" fw={600} component="div">
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Paper>
  )
}

function Added({ project, improvement: { rounds, wrong } }: { project: string; improvement: ShownImprovement }) {
  return (
    <>
      {rounds.map(({ run, rows, made, setAside, undo, tests }, at) => (
        <Stack key={run ?? `round ${at}`} gap={4}>
          <Text size="sm">
            <strong>Round {at + 1}:</strong>{' '}
            {tests.length === 0
              ? 'no test failed that augmenting could help.'
              : `${shownCounts(made, 'new record')}, beside ${shownCount(rows)}.`}
            {setAside > 0 && ` ${shownCounts(setAside, 'original')} set aside.`}{' '}
            {run !== null && (
              <Anchor component={Link} to={`/p/${project}/records?run=${run}`} size="sm">
                See the records
              </Anchor>
            )}
          </Text>
          {undo !== null && (
            <Text size="sm" c="dimmed">
              The originals come back with: <code>{undo}</code>
            </Text>
          )}
          {tests.length > 0 && (
            <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} aria-label={`Round ${at + 1}, scrolls`}>
              <Table tabularNums verticalSpacing={4} aria-label={`Made in round ${at + 1}`}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Augmented by</Table.Th>
                    <Table.Th ta="right">Pass rate ÷ minimum</Table.Th>
                    <Table.Th ta="right">Requested</Table.Th>
                    <Table.Th ta="right">Possible</Table.Th>
                    <Table.Th ta="right">Made</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {tests.map(({ test, ratio, requested, possible, made, mayChangeLabel }) => (
                    <Table.Tr key={test}>
                      <Table.Td>
                        {test}
                        {mayChangeLabel && ' (may change the label)'}
                      </Table.Td>
                      <Table.Td ta="right">{(Math.floor(100 * ratio) / 100).toFixed(2)}</Table.Td>
                      <Table.Td ta="right">{shownCount(requested)}</Table.Td>
                      <Table.Td ta="right">{shownCount(possible)}</Table.Td>
                      <Table.Td ta="right">{shownCount(made)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </Stack>
      ))}
      {wrong && (
        <Text size="sm">
          {shownCounts(wrong.mistakes, 'mistake')} among the records to choose by;{' '}
          {shownCounts(wrong.kept, 'new example')} like them. {wrong.reason}
        </Text>
      )}
    </>
  )
}
