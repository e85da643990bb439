/** What more data brings: F1 by the number of records learned from. */
import { Skeleton, Table, Text } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import type { ShownLearningPoint } from '../../../../src/model/api/models.ts'
import { shownChange, shownCount, shownScore } from '../../parts/figure-words.ts'

const LineChart = lazy(() => import('../../parts/line-chart.tsx'))
/** Of macro F1, from half of the records to all: less may be chance. */
const stillRising = 0.01

export function LearningCurve({ points }: { points: ShownLearningPoint[] }) {
  const chart = useMemo(() => {
    const lowest = Math.min(...points.flatMap(({ macroF1, microF1 }) => [macroF1, microF1]))
    return {
      x: points.map(({ examples }) => examples),
      series: [
        { name: 'macro F1', values: points.map(({ macroF1 }) => macroF1) },
        { name: 'micro F1', values: points.map(({ microF1 }) => microF1) },
      ],
      yRange: [Math.max(0, Math.floor(10 * lowest) / 10), 1] as [number, number],
    }
  }, [points])
  const [half, all] = points.slice(-2)
  const rise = half && all ? all.macroF1 - half.macroF1 : 0
  const words =
    rise > stillRising
      ? `Still rising at the end (${shownChange(rise, 3)} from half of the records to all): more of the same would help.`
      : 'Flat at the end: other records would help, or clearer labels, rather than more of the same.'
  return (
    <>
      <Text size="sm">{words}</Text>
      <Suspense fallback={<Skeleton height={260} />}>
        <LineChart {...chart} xName="records learned from" summary={`Learning curve. ${words}`} />
      </Suspense>
      <Table.ScrollContainer minWidth={300} type="native" tabIndex={0} aria-label="Learning curve, scrolls">
        <Table tabularNums verticalSpacing={4} maw={480} aria-label="Learning curve">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">Records</Table.Th>
              <Table.Th ta="right">Macro F1</Table.Th>
              <Table.Th ta="right">Micro F1</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {points.map(({ examples, macroF1, microF1 }) => (
              <Table.Tr key={examples}>
                <Table.Td ta="right">{shownCount(examples)}</Table.Td>
                <Table.Td ta="right">{shownScore(macroF1)}</Table.Td>
                <Table.Td ta="right">{shownScore(microF1)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
