/** Whether what a model says with 80 % is right in 80 of 100 cases. */
import { Skeleton, Text } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import type { ShownModelTest } from '../../../../src/model/api/models.ts'
import { shownScore } from '../../parts/figure-words.ts'

const LineChart = lazy(() => import('../../parts/line-chart.tsx'))
const yRange: [number, number] = [0, 1]

export function CalibrationChart({ error, bins }: NonNullable<ShownModelTest['calibration']>) {
  const { x, series } = useMemo(() => {
    const filled = bins.filter(({ count }) => count > 0)
    const measured = filled.map(({ confidence, accuracy }) => ({ x: confidence, value: accuracy as number | null }))
    const ends = [0, 1].filter(end => !filled.some(({ confidence }) => confidence === end))
    const points = [...measured, ...ends.map(end => ({ x: end, value: null }))].sort((a, b) => a.x - b.x)
    return {
      x: points.map(point => point.x),
      series: [
        { name: 'right', values: points.map(({ value }) => value) },
        { name: 'as sure as right', values: points.map(point => point.x), dashed: true },
      ],
    }
  }, [bins])
  const words = `The calibration error is ${shownScore(error)}: its probabilities are that far from how often it is right, on average.`
  return (
    <>
      <Text size="sm">
        {words} Below the dashed line it is surer than it should be, above it less sure than it could be.
      </Text>
      <Suspense fallback={<Skeleton height={260} />}>
        <LineChart x={x} series={series} yRange={yRange} xName="probability that it gives" summary={words} />
      </Suspense>
    </>
  )
}
