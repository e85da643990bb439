/** How many records of each label are learned from and tested on, the rarest first. */
import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import { shownCount } from '../../parts/figure-words.ts'

const fewShown = 6

export function LabelCounts({ labels }: { labels: { label: string; learned: number; tested: number }[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? labels : labels.slice(0, fewShown)
  return (
    <>
      <Table.ScrollContainer minWidth={280} type="native" tabIndex={0} aria-label="Records of each label, scrolls">
        <Table verticalSpacing={4} tabularNums maw={560} aria-label="Records of each label">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Label, the rarest first</Table.Th>
              <Table.Th ta="right">to learn</Table.Th>
              <Table.Th ta="right">to test</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ label, learned, tested }) => (
              <Table.Tr key={label}>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{label}</Table.Td>
                <Table.Td ta="right">{shownCount(learned)}</Table.Td>
                <Table.Td ta="right">{shownCount(tested)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {labels.length > fewShown && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)} style={{ alignSelf: 'flex-start' }}>
          {all ? 'Show fewer' : `Show all ${shownCount(labels.length)} labels`}
        </Button>
      )}
    </>
  )
}
