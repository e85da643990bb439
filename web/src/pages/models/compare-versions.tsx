/** Two models on the records that were held out from both, with what changed. */
import { Badge, Select, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import type { AnswerOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { directionOf, shownCount, shownCounts, shownPoints, shownScore } from '../../parts/figure-words.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { type Order, ordered, SortHead } from '../../parts/sort-head.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'

const searchSchema = z.object({ with: z.string().optional().catch(undefined) })

export function CompareVersions({ project, model }: { project: string; model: string }) {
  const [{ with: other }, change] = usePageSearch(searchSchema)
  const models = useEndpoint('listModels', { params: { project } })
  const others = (models.data ?? []).filter(({ id }) => id !== model)
  if (others.length === 0) return <Text size="sm">There is no other model of this project yet.</Text>
  return (
    <>
      <Select
        label="Before"
        description={`After is ${model}`}
        placeholder="Choose a model"
        maw={320}
        clearable
        data={others.map(({ id }) => id)}
        value={other ?? null}
        onChange={chosen => change({ with: chosen ?? undefined })}
      />
      {other !== undefined && <Comparison before={other} after={model} />}
    </>
  )
}

function Comparison({ before, after }: { before: string; after: string }) {
  const comparison = useEndpoint('compareVersions', { params: { model: after }, query: { with: before } })
  return <Loaded of={comparison}>{compared => <Compared {...compared} />}</Loaded>
}

type LabelRow = AnswerOf<'compareVersions'>['labels'][number]

const columns = {
  label: { title: 'Label', of: ({ label }: LabelRow) => label },
  support: { title: 'Texts', of: ({ support }: LabelRow) => support },
  before: { title: 'F1 before', of: ({ before }: LabelRow) => before },
  after: { title: 'F1 after', of: ({ after }: LabelRow) => after },
  change: { title: 'Change in points (95 %)', of: ({ difference }: LabelRow) => Math.abs(difference.value) },
}

function Compared({ before, after, texts, figures, labels }: AnswerOf<'compareVersions'>) {
  const [order, setOrder] = useState<Order<keyof typeof columns>>({ by: 'change', descending: true })
  return (
    <Stack gap="sm" aria-live="polite">
      <Text size="sm">
        On {shownCounts(texts, 'real record')} that neither {before} nor {after} saw. Where 0 lies within the interval,
        the change may be chance.
      </Text>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} aria-label="Scores, scrolls sideways">
        <Table tabularNums aria-label="Scores before and after">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Figure</Table.Th>
              <Table.Th ta="right">{before}</Table.Th>
              <Table.Th ta="right">{after}</Table.Th>
              <Table.Th ta="right">Change in points (95 %)</Table.Th>
              <Table.Th>Verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {figures.map(({ figure, before: was, after: is, difference }) => (
              <Table.Tr key={figure}>
                <Table.Td>{figure}</Table.Td>
                <Table.Td ta="right">{shownScore(was)}</Table.Td>
                <Table.Td ta="right">{shownScore(is)}</Table.Td>
                <Table.Td ta="right">{shownPoints(difference)}</Table.Td>
                <Table.Td>
                  <Direction direction={directionOf(difference)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Table.ScrollContainer minWidth={600} maxHeight={420} type="native" tabIndex={0} aria-label="Labels, scrolls">
        <Table tabularNums stickyHeader verticalSpacing={6} aria-label="F1 by label before and after">
          <Table.Thead>
            <Table.Tr>
              {Object.entries(columns).map(([key, { title }]) => (
                <SortHead
                  key={key}
                  column={key as keyof typeof columns}
                  order={order}
                  onOrder={setOrder}
                  right={key !== 'label'}
                >
                  {title}
                </SortHead>
              ))}
              <Table.Th>Verdict</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ordered(labels, columns[order.by].of, order.descending).map(row => (
              <Table.Tr key={row.label}>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{row.label}</Table.Td>
                <Table.Td ta="right">{shownCount(row.support)}</Table.Td>
                <Table.Td ta="right">{shownScore(row.before)}</Table.Td>
                <Table.Td ta="right">{shownScore(row.after)}</Table.Td>
                <Table.Td ta="right">{shownPoints(row.difference)}</Table.Td>
                <Table.Td>
                  <Direction direction={directionOf(row.difference)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  )
}

function Direction({ direction }: { direction: ReturnType<typeof directionOf> }) {
  if (direction === 'open') return null
  return (
    <Badge tt="none" miw="max-content" variant="light" color={direction === 'better' ? 'leaf' : 'red'}>
      {direction}
    </Badge>
  )
}
