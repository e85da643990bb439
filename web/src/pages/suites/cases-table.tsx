/** Test cases before they are put to a model: what a test made of each text, to be edited in place or taken out. */
import { Button, Group, Select, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import type { ShownCase, TrialSummary } from '../../../../src/model/api/suite-shapes.ts'
import { addressOf, call } from '../../api/call.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { shownCount } from '../../parts/figure-words.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { CaseRow } from './case-row.tsx'

const searchSchema = z.object({
  test: z.string().optional().catch(undefined),
  state: z.enum(['generated', 'edited', 'dropped']).optional().catch(undefined),
  find: z.coerce.string().optional().catch(undefined),
})

const states = [
  { value: 'generated', label: 'as generated' },
  { value: 'edited', label: 'edited' },
  { value: 'dropped', label: 'taken out' },
]

export function CasesTable({ project, trial }: { project: string; trial: TrialSummary }) {
  const [{ test, state, find }, change] = usePageSearch(searchSchema)
  const client = useQueryClient()
  const narrow = useMediaQuery('(max-width: 62em)')
  const queryKey = ['listCases', trial.id, test, state, find]
  const cases = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      call(
        'listCases',
        { params: { trial: trial.id }, query: { test, state, search: find, after: pageParam ?? undefined, limit: 25 } },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: page => page.next,
  })
  const save = useAction('saveCases', {
    changes: ['showTrial', 'listTrials'],
    // In place, so that a case that no longer fits the filter does not vanish under the hand.
    onDone: ({ cases: saved }) => {
      const byId = new Map(saved.map(each => [each.id, each]))
      client.setQueryData<typeof cases.data>(
        queryKey,
        known =>
          known && {
            ...known,
            pages: known.pages.map(page => ({ ...page, cases: page.cases.map(each => byId.get(each.id) ?? each) })),
          },
      )
    },
  })
  const rows = cases.data?.pages.flatMap(page => page.cases) ?? []
  const [first] = cases.data?.pages ?? []
  const store = (each: ShownCase, testCase: string | null) =>
    save.mutate({ params: { trial: trial.id }, body: { cases: [{ id: each.id, testCase }] } })
  const rowOf = (each: ShownCase) => (
    <CaseRow
      key={each.id}
      project={project}
      shown={each}
      asCard={narrow === true}
      saving={save.isPending && save.variables.body.cases.some(({ id }) => id === each.id)}
      onSave={testCase => store(each, testCase)}
    />
  )
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" maw={820}>
        A case that no one would write, or whose label no longer holds, says nothing of the model: change its text, or
        take it out. What is expected is the model’s own answer on the original, or the label of the data.
      </Text>
      <Group gap="sm" align="flex-end">
        <Select
          label="Test"
          placeholder="All tests"
          clearable
          searchable
          data={(first?.tests ?? []).map(each => ({
            value: each.test,
            label: `${each.test} (${shownCount(each.cases)})`,
          }))}
          value={test ?? null}
          onChange={given => change({ test: given ?? undefined })}
        />
        <Select
          label="Which"
          placeholder="All"
          clearable
          data={states}
          value={state ?? null}
          onChange={given => change({ state: (given ?? undefined) as typeof state })}
        />
        <TextInput
          label="Text"
          placeholder="Find in the texts"
          value={find ?? ''}
          onChange={({ currentTarget }) => change({ find: currentTarget.value || undefined })}
        />
        <Button
          component="a"
          href={addressOf('trialCasesFile', { params: { trial: trial.id }, query: { format: 'jsonl' } })}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          JSON Lines
        </Button>
        <Button
          component="a"
          href={addressOf('trialCasesFile', { params: { trial: trial.id }, query: { format: 'csv' } })}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          CSV
        </Button>
      </Group>
      <ProblemNotice error={cases.error ?? save.error} />
      {save.data && save.data.cut.length > 0 && (
        <Text size="sm" role="status">
          {save.data.cut.map(({ words, label }) => `“${words}” (${label})`).join(', ')} is not looked for in this case:
          the edit took it apart.
        </Text>
      )}
      {cases.isSuccess && rows.length === 0 && <Text size="sm">There is no such case.</Text>}
      {rows.length > 0 &&
        (narrow ? (
          <Stack component="ul" gap="sm" m={0} p={0} aria-label="Test cases">
            {rows.map(rowOf)}
          </Stack>
        ) : (
          <Table verticalSpacing="xs" layout="fixed" aria-label="Test cases">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={150}>Test</Table.Th>
                <Table.Th>Original</Table.Th>
                <Table.Th>Test case</Table.Th>
                <Table.Th w={180}>Label of the data</Table.Th>
                <Table.Th w={190}>
                  <VisuallyHidden>What to do</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{rows.map(rowOf)}</Table.Tbody>
          </Table>
        ))}
      <Group gap="sm">
        {cases.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={cases.isFetchingNextPage}
            onClick={() => void cases.fetchNextPage()}
          >
            Show more
          </Button>
        )}
        {rows.length > 0 && (
          <Text size="xs" c="dimmed" aria-live="polite">
            {shownCount(rows.length)} of {shownCount(first?.total ?? 0)} shown
          </Text>
        )}
      </Group>
    </Stack>
  )
}
