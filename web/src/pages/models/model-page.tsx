/** One version of a model: try it, see what it gets wrong, compare it with another. */
import { Badge, Button, Group, List, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconTestPipe } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import {
  shownCount,
  shownCounts,
  shownInterval,
  shownMegabytes,
  shownScore,
  shownWhen,
} from '../../parts/figure-words.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RemovalButton } from '../../parts/removal-button.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { WarningNotice } from '../../parts/warning-notice.tsx'
import { CalibrationChart } from './calibration-chart.tsx'
import { CompareVersions } from './compare-versions.tsx'
import { Confusions } from './confusions.tsx'
import { LabelScores } from './label-scores.tsx'
import { LearningCurve } from './learning-curve.tsx'
import { TryText } from './try-text.tsx'

type Shown = AnswerOf<'showModel'>

export function ModelPage() {
  const { project = '', model: id = '' } = useParams({ strict: false })
  const shown = useEndpoint('showModel', { params: { model: id } })
  const name = shown.data?.model.id ?? id
  return (
    <Page
      title={name}
      lead={shown.data && leadOf(shown.data)}
      actions={
        <>
          <Button
            component={Link}
            to={`/p/${project}/suites?model=${encodeURIComponent(name)}`}
            leftSection={<IconTestPipe size={16} />}
          >
            Test it by a suite
          </Button>
          <RemoveModel project={project} model={name} />
        </>
      }
    >
      <Loaded of={shown}>
        {({ model, test, learningCurve, warnings }) => (
          <Stack gap="lg">
            {warnings.length > 0 && (
              <WarningNotice title="To be wary of">
                <List size="sm">
                  {warnings.map(warning => (
                    <List.Item key={warning}>{warning}</List.Item>
                  ))}
                </List>
              </WarningNotice>
            )}
            {test ? (
              <Figures test={test} entities={model.task === 'entities'} />
            ) : (
              <NotTested project={project} model={model.id} onTested={() => void shown.refetch()} />
            )}
            <CardSection title="Try a text">
              <TryText project={project} model={model} />
            </CardSection>
            {test && (
              <CardSection
                title={model.task === 'entities' ? 'Types of entities' : 'Labels'}
                lead="The worst first: these are what can be mended."
              >
                <LabelScores labels={test.labels} entities={model.task === 'entities'} />
              </CardSection>
            )}
            {test && test.confusions.length > 0 && (
              <CardSection
                title="Taken for one another"
                lead="A pair that stands here wants a clearer definition, or texts along the line between the two."
              >
                <Confusions project={project} test={test} labels={model.labels} />
              </CardSection>
            )}
            {learningCurve.length > 1 && (
              <CardSection title="Would more data help?">
                <LearningCurve points={learningCurve} />
              </CardSection>
            )}
            {test?.calibration && (
              <CardSection title="Is it as sure as it should be?">
                <CalibrationChart {...test.calibration} />
              </CardSection>
            )}
            <CardSection title="Compare with another version">
              <CompareVersions project={project} model={model.id} />
            </CardSection>
            <CardSection title="How it was trained">
              <Text size="sm">
                {model.training.notes.join(' ')} Seed {model.training.seed}
                {model.training.classWeights === 'balanced' && ', labels weighted to balance'}.{' '}
                {(model.training.cpuMs / 1000).toFixed(1)} s of one core, {shownMegabytes(model.bytes)}.
              </Text>
            </CardSection>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function leadOf({ model }: Shown): string {
  const { training, task, multiLabel, labels, createdMs } = model
  const does = task === 'entities' ? 'Finds entities' : multiLabel ? 'Gives any number of labels' : 'Gives one label'
  const grown = training.grown > 0 ? `, ${shownCount(training.grown)} of them grown` : ''
  return `${does}, of ${shownCount(labels.length)}. Trained ${shownWhen(createdMs)} on ${shownCounts(training.examples, 'record')}${grown}.`
}

function Figures({ test, entities }: { test: NonNullable<Shown['test']>; entities: boolean }) {
  const { accuracy, microF1, macroF1, weightedF1 } = test.figures
  const figures = [
    ...(entities ? [] : [['Accuracy', accuracy] as const]),
    ['Macro F1', macroF1] as const,
    ['Micro F1', microF1] as const,
    ['Weighted F1', weightedF1] as const,
  ]
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 2, md: 4 }} component="section" aria-label="Scores">
        {figures.map(([name, { value, interval }]) => (
          <Paper key={name} withBorder p="md">
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text size="xl" fw={600}>
              {shownScore(value)}
            </Text>
            <Text size="xs" c="dimmed">
              {shownInterval(interval)}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        On {shownCounts(test.texts, 'real record')} that it did not see; the 95 % intervals are of texts drawn anew.
      </Text>
    </Stack>
  )
}

function NotTested({ project, model, onTested }: { project: string; model: string; onTested: () => void }) {
  const job = useOwnJob(project, [])
  const test = useAction('testModel', { changes: ['listJobs'], onDone: job.began })
  return (
    <Paper withBorder p="md">
      <Stack gap="sm" align="flex-start">
        <Group>
          <Badge color="gray" variant="light">
            not tested yet
          </Badge>
          <Text size="sm">Its scores on the records that were held out are not known here.</Text>
        </Group>
        <ProblemNotice error={test.error} />
        {job.id === undefined ? (
          <Button loading={test.isPending} onClick={() => test.mutate({ params: { model } })}>
            Test it
          </Button>
        ) : (
          <JobProgress job={job.id} onEnd={() => onTested()} />
        )}
      </Stack>
    </Paper>
  )
}

function RemoveModel({ project, model }: { project: string; model: string }) {
  const navigate = useNavigate()
  const remove = useAction('removeModel', {
    changes: ['listModels'],
    onDone: () => void navigate({ to: `/p/${project}/models` }),
  })
  return (
    <RemovalButton title={`Remove ${model}?`} removal={remove} onRemove={() => remove.mutate({ params: { model } })}>
      This version goes for good. Other versions and what was tested with it stay.
    </RemovalButton>
  )
}
