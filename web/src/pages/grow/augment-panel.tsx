/** What the tests of a suite do to records: those that failed are chosen, and how many of each are made is told first. */
import { Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { ShownTest } from '../../../../src/model/api/suite-shapes.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import styles from './augment.module.css'
import { useTrial } from './augment-address.ts'
import { AugmentOriginals } from './augment-originals.tsx'
import { AugmentOutcome } from './augment-outcome.tsx'
import { nameOf, newTest, type Test, testsIn, withTests } from './augment-params.ts'
import { AugmentTest } from './augment-test.tsx'
import { MoreSettings } from './panel-more-settings.tsx'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'

type Shown = 'chosen' | 'all'

export function AugmentPanel(props: PanelProps) {
  const { project, params, onChange, problems } = props
  const settings = useEndpoint('projectSettings', { params: { project } })
  const known = useEndpoint('listTests', {})
  const trials = useEndpoint('listTrials', { params: { project } })
  const { trial, found, most, setMost, choose } = useTrial(props)
  const [wanted, setShown] = useState<Shown>()
  const [search, setSearch] = useState('')
  const tests = testsIn(params)
  const preview = usePreview(
    'previewAugmentation',
    tests.length > 0 ? { params: { project }, body: { params: sentParams(params) } } : undefined,
  )
  const task = settings.data?.kind === 'entities' ? 'entities' : 'classification'
  const possible = (known.data ?? []).filter(test => test.way === 'perturbation' && test.tasks.includes(task))
  const run = (trials.data ?? []).filter(each => each.ranMs !== null)
  const shown = wanted ?? (tests.length === 0 ? 'all' : 'chosen')
  const results = new Map(found.data?.results.map(result => [result.chain.join('-'), result]))
  const change = (name: string, next: Partial<Test> | undefined) => {
    const at = tests.findIndex(test => nameOf(test) === name)
    const changed =
      next === undefined
        ? tests.filter(test => nameOf(test) !== name)
        : at < 0
          ? [...tests, { ...newTest(name), ...next }]
          : tests.with(at, { ...tests[at]!, ...next })
    onChange(withTests(params, changed))
  }
  const rows = [
    ...tests.map(test => ({ name: nameOf(test), facts: factsOf(test.chain, possible), test })),
    ...(shown === 'all' ? possible : [])
      .filter(({ kind }) => !tests.some(test => nameOf(test) === kind))
      .map(facts => ({ name: facts.kind, facts: [facts], test: undefined })),
  ].filter(({ name, facts }) => fits(search, name, facts))
  return (
    <Stack gap="lg">
      <Stack gap="sm" component="section" aria-label="Trial">
        <Group gap="md" align="flex-end">
          <Select
            label="Test results"
            description={
              run.length === 0
                ? 'No suite was put to a model of this project yet: run one under Tests, and what fails is chosen here.'
                : 'The tests that failed are chosen, each with the share its rate asks for; records tested on stay as they are.'
            }
            placeholder={run.length === 0 ? 'None yet' : 'Choose a trial'}
            disabled={run.length === 0}
            data={run.map(({ id, suite, target, failedTests }) => ({
              value: id,
              label: `${suite}${target === null ? '' : ` on ${target}`}: ${failedTests.toLocaleString('en')} failed (${id})`,
            }))}
            value={run.find(({ id }) => trial !== undefined && id.startsWith(trial))?.id ?? null}
            onChange={next => choose(next ?? undefined)}
            clearable
            clearButtonProps={{ 'aria-label': 'No trial' }}
            style={{ flex: '1 1 18rem' }}
          />
          {trial !== undefined && (
            <NumberInput
              label="All together at most"
              description="Of the records there are."
              suffix=" %"
              min={1}
              max={1000}
              value={Math.round(most * 100)}
              onChange={next => typeof next === 'number' && next > 0 && setMost(next / 100)}
              w={170}
            />
          )}
        </Group>
        <ProblemNotice error={found.error} />
        {found.data?.notes.map(note => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
        {found.data?.results.every(({ pass }) => pass !== false) && (
          <Text size="sm" role="status">
            No test failed in this trial. You can still choose tests below.
          </Text>
        )}
      </Stack>
      <Stack gap="sm" component="section" aria-label="Tests">
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h5">
            Tests
          </Title>
          <Group gap="xs">
            <TextInput
              aria-label="Search tests"
              placeholder="Search"
              size="xs"
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={event => {
                setSearch(event.currentTarget.value)
                setShown('all')
              }}
              w={150}
            />
            <SegmentedControl
              size="xs"
              aria-label="Which tests are shown"
              data={[
                { value: 'chosen', label: `Chosen (${tests.length})` },
                { value: 'all', label: `All (${possible.length})` },
              ]}
              value={shown}
              onChange={next => setShown(next as Shown)}
            />
          </Group>
        </Group>
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {search === '' ? 'None is chosen.' : 'No test is called so or does that.'}
          </Text>
        )}
        <ul className={styles['tests']} aria-label="Tests" {...(shown === 'all' && { tabIndex: 0 })}>
          {rows.map(({ name, facts, test }) => (
            <AugmentTest
              key={name}
              {...{ name, facts, test }}
              result={results.get(name)}
              counts={preview.data?.tests.find(each => each.test === name)}
              onChange={next => change(name, next)}
            />
          ))}
        </ul>
      </Stack>
      {tests.length > 0 && <AugmentOutcome preview={preview} />}
      <AugmentOriginals project={project} />
      <MoreSettings
        generator="augment"
        params={params}
        onChange={onChange}
        problems={problems.filter(({ path }) => !path.startsWith('tests'))}
        hidden={['tests', ...(trial === undefined ? [] : ['split', 'leaveOut'])]}
      />
    </Stack>
  )
}

function factsOf(chain: readonly string[], known: readonly ShownTest[]): ShownTest[] {
  return chain.flatMap(kind => known.find(test => test.kind === kind) ?? [])
}

function fits(search: string, name: string, facts: readonly ShownTest[]): boolean {
  const words = search.trim().toLowerCase()
  return [name, ...facts.flatMap(({ summary, category }) => [summary, category])].some(text =>
    text.toLowerCase().includes(words),
  )
}
