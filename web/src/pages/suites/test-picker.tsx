/** All tests by category, to be put into a suite or taken out, each with its example. */
import { Accordion, Badge, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { z } from 'zod'
import type { ShownTest, SuiteEntryInput, SuiteInput, TestCategory } from '../../../../src/model/api/suite-shapes.ts'
import { searchFlag } from '../../parts/search-members.ts'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { TestEntry } from './test-entry.tsx'

const categories: { name: TestCategory; says: string }[] = [
  { name: 'robustness', says: 'The answer should stay however a text is written.' },
  { name: 'bias', says: 'The answer should stay whoever and wherever a text is about.' },
  { name: 'representation', says: 'The data should hold enough of each group.' },
  { name: 'fairness', says: 'The model should be as good for one group as for another.' },
  { name: 'accuracy', says: 'The model should be right often enough.' },
]

const searchSchema = z.object({
  find: z.coerce.string().optional().catch(undefined),
  chosen: searchFlag,
})

interface TestPickerProps {
  tests: ShownTest[]
  suite: SuiteInput
  task: 'classification' | 'entities'
  errors: { path: string; message: string }[]
  onEntry: (kind: string, entry: SuiteEntryInput | undefined) => void
}

export function TestPicker({ tests, suite, task, errors, onEntry }: TestPickerProps) {
  const [{ find = '', chosen }, change] = usePageSearch(searchSchema)
  const places = new Map(suite.tests.map((entry, at) => [entry.kind, at]))
  const part = find.toLowerCase()
  const shown = tests.filter(
    ({ kind, summary, tasks }) =>
      // One that is there although it does not suit the project can be taken out.
      (tasks.includes(task) || places.has(kind)) &&
      (!chosen || places.has(kind)) &&
      `${kind} ${summary}`.toLowerCase().includes(part),
  )
  return (
    <Stack gap="sm">
      <Group gap="md">
        <TextInput
          aria-label="Find a test"
          placeholder="Find a test"
          leftSection={<IconSearch size={16} />}
          value={find}
          onChange={({ currentTarget }) => change({ find: currentTarget.value || undefined })}
        />
        <Switch
          label="Only those of the suite"
          checked={chosen}
          onChange={({ currentTarget }) => change({ chosen: currentTarget.checked || undefined })}
        />
      </Group>
      {shown.length === 0 && <Text size="sm">No test is called so.</Text>}
      <Accordion multiple variant="contained" defaultValue={categories.slice(0, 2).map(({ name }) => name)} order={2}>
        {categories.map(({ name, says }) => {
          const own = shown.filter(({ category }) => category === name)
          const taken = own.filter(({ kind }) => places.has(kind)).length
          if (own.length === 0) return null
          return (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control>
                <Group gap="xs">
                  <Text fw={600} tt="capitalize">
                    {name}
                  </Text>
                  <Badge variant="light" color={taken > 0 ? 'leaf' : 'gray'} tt="none">
                    {taken} of {own.length}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed">
                  {says}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap={0} component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                  {own.map(test => {
                    const at = places.get(test.kind)
                    return (
                      <TestEntry
                        key={test.kind}
                        test={test}
                        all={tests}
                        entry={at === undefined ? undefined : suite.tests[at]}
                        usualMinimum={suite.minPassRate ?? 0.65}
                        errors={errors
                          .filter(
                            ({ path }) => at !== undefined && path.replace(/^body\./, '').startsWith(`tests.${at}.`),
                          )
                          .map(error => ({ ...error, path: error.path.replace(/^(body\.)?tests\.\d+\./, '') }))}
                        onEntry={entry => onEntry(test.kind, entry)}
                      />
                    )
                  })}
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          )
        })}
      </Accordion>
    </Stack>
  )
}
