/** A model of tables: what it knows, rows as they would be drawn, and drawing them to a file. */
import { List, Stack, Table, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type AnswerOf, call } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { shownCount, shownWhen } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RemovalButton } from '../../parts/removal-button.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { DrawForm } from './draw-form.tsx'
import { conditionsOf, drawSearch } from './draw-search.ts'
import { ResultJob } from './result-job.tsx'
import { ResultsList } from './results-list.tsx'
import { RowsTable } from './rows-table.tsx'

type Shown = AnswerOf<'showTableModel'>

export function TableModelPage() {
  const { project = '', model = '' } = useParams({ strict: false })
  const shown = useEndpoint('showTableModel', { params: { project, model } })
  const results = useEndpoint('listTableResults', { params: { project }, query: { kind: 'sample' } })
  const drawn = results.data?.filter(result => result.model === model) ?? []
  return (
    <Page
      title={model}
      lead={shown.data && leadOf(shown.data)}
      actions={shown.data && <RemoveModel project={project} model={model} />}
    >
      <Loaded of={shown}>
        {known => (
          <Stack gap="lg">
            <Draw project={project} model={known} />
            {drawn.length > 0 && (
              <CardSection title="Drawn from it">
                <ResultsList project={project} results={drawn} />
              </CardSection>
            )}
            <CardSection title="What it knows">
              <Columns model={known} />
              {known.notes.length > 0 && (
                <List size="sm">
                  {known.notes.map(note => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              )}
            </CardSection>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function leadOf({ source, learnedFrom, createdMs }: Shown): string {
  const rows = Object.entries(learnedFrom).map(([name, count]) => `${name} (${shownCount(count)} rows)`)
  return `Learned from ${source}: ${rows.join(', ')}, ${shownWhen(createdMs)}.`
}

function Draw({ project, model }: { project: string; model: Shown }) {
  const [search, change] = usePageSearch(drawSearch)
  const [settled] = useDebouncedValue(search, 400)
  const conditions = conditionsOf(settled, model.shape)
  const params = { project, model: model.name }
  const preview = useQuery({
    queryKey: ['previewTable', params, conditions],
    queryFn: ({ signal }) => call('previewTable', { params, body: { ...conditions, rows: 12 } }, { signal }),
    retry: false,
    placeholderData: before => before,
  })
  const job = useOwnJob(project, ['sample-table'])
  const sample = useAction('sampleTable', { changes: ['listJobs'], onDone: job.began })
  return (
    <CardSection title="Draw">
      <DrawForm
        model={model}
        search={search}
        onChange={change}
        drawing={sample.isPending || job.busy}
        onDraw={format =>
          sample.mutate({
            params,
            body: { ...conditionsOf(search, model.shape), format },
          })
        }
      />
      <ProblemNotice error={sample.error} />
      <ResultJob project={project} kind="sample-table" job={job} />
      <Stack gap="xs" aria-live="polite" aria-busy={preview.isFetching}>
        <ProblemNotice error={preview.error} />
        {!preview.error &&
          preview.data?.tables.map(table => (
            <Stack gap={4} key={table.table}>
              <Text size="sm" c="dimmed">
                {table.table}: the first rows that would be drawn
              </Text>
              <RowsTable table={table} />
            </Stack>
          ))}
      </Stack>
    </CardSection>
  )
}

function Columns({ model: { columns, shape } }: { model: Shown }) {
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="group" aria-label="Columns">
      <Table aria-label="Columns" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {shape === 'related' && <Table.Th>Table</Table.Th>}
            <Table.Th>Column</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>How it is made</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ table, name, type, made }) => (
            <Table.Tr key={`${table}.${name}`}>
              {shape === 'related' && <Table.Td>{table}</Table.Td>}
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td>
              <Table.Td>{type}</Table.Td>
              <Table.Td>{made}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function RemoveModel({ project, model }: { project: string; model: string }) {
  const navigate = useNavigate()
  const remove = useAction('removeTableModel', {
    changes: ['listTableModels'],
    onDone: () => void navigate({ to: `/p/${project}/tables` }),
  })
  return (
    <RemovalButton
      title={`Remove ${model}?`}
      removal={remove}
      onRemove={() => remove.mutate({ params: { project, model } })}
    >
      What was learned goes for good. What was drawn from it stays.
    </RemovalButton>
  )
}
