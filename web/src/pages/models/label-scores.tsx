/** Precision, recall and F1 of each label, with intervals and counts. */
import { Progress, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ShownModelTest } from '../../../../src/model/api/models.ts'
import { shownCount, shownInterval, shownScore } from '../../parts/figure-words.ts'
import { type Order, ordered, SortHead } from '../../parts/sort-head.tsx'

type LabelScore = ShownModelTest['labels'][number]

const columns = {
  label: { title: 'Label', of: ({ label }: LabelScore) => label },
  support: { title: 'Texts', of: ({ support }: LabelScore) => support },
  predicted: { title: 'Given', of: ({ predicted }: LabelScore) => predicted },
  precision: { title: 'Precision', of: ({ precision }: LabelScore) => precision },
  recall: { title: 'Recall', of: ({ recall }: LabelScore) => recall },
  f1: { title: 'F1', of: ({ f1 }: LabelScore) => f1 },
}
const searchedFrom = 12

export function LabelScores({ labels, entities }: { labels: LabelScore[]; entities: boolean }) {
  const [order, setOrder] = useState<Order<keyof typeof columns>>({ by: 'f1', descending: false })
  const [part, setPart] = useState('')
  const shown = ordered(
    labels.filter(({ label }) => label.toLowerCase().includes(part.toLowerCase())),
    columns[order.by].of,
    order.descending,
  )
  return (
    <>
      {labels.length >= searchedFrom && (
        <TextInput
          aria-label="Find a label"
          placeholder="Find a label"
          maw={320}
          value={part}
          onChange={({ currentTarget }) => setPart(currentTarget.value)}
        />
      )}
      <Table.ScrollContainer minWidth={620} maxHeight={520} type="native" tabIndex={0} aria-label="Labels, scrolls">
        <Table tabularNums stickyHeader verticalSpacing={6} aria-label="Scores by label">
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
                  {key === 'support' && entities ? 'Entities' : title}
                </SortHead>
              ))}
              <Table.Th>95 %</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ label, support, predicted, precision, recall, f1, interval }) => (
              <Table.Tr key={label}>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{label}</Table.Td>
                <Table.Td ta="right">{shownCount(support)}</Table.Td>
                <Table.Td ta="right">{shownCount(predicted)}</Table.Td>
                <Table.Td ta="right">{shownScore(precision)}</Table.Td>
                <Table.Td ta="right">{shownScore(recall)}</Table.Td>
                <Table.Td ta="right" miw={90}>
                  {shownScore(f1)}
                  <Progress value={100 * f1} size={4} mt={2} aria-hidden="true" />
                </Table.Td>
                <Table.Td>
                  <Text size="xs" c="dimmed">
                    {shownInterval(interval)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
