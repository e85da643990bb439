/** Lines over numbers; loaded when a page shows one. What it shows stands in words or a table beside it. */
import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import { chartInks, chartLines } from './chart-inks.ts'

interface LineChartProps {
  /** In ascending order. */
  x: number[]
  series: { name: string; values: (number | null)[]; dashed?: boolean }[]
  xName: string
  yRange: [number, number]
  /** Says what is to be seen, for those who do not see it. */
  summary: string
  height?: number
}

export default function LineChart({ x, series, xName, yRange, summary, height = 220 }: LineChartProps) {
  const scheme = useComputedColorScheme('light')
  const { ref: measured, width } = useElementSize()
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!root.current || width === 0) return
    const { text, grid } = chartInks[scheme]
    const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } }
    const chart = new UPlot(
      {
        ...{ width, height, legend: { live: false } },
        scales: { x: { time: false }, y: { range: yRange } },
        axes: [{ ...axis, label: xName }, axis],
        series: [
          { label: xName },
          ...series.map(({ name, dashed }, at) => ({
            label: name,
            stroke: chartLines[scheme][at % 3]!,
            width: 2,
            points: { show: !dashed, size: 7 },
            spanGaps: true,
            ...(dashed && { dash: [6, 6] }),
          })),
        ],
      },
      [x, ...series.map(({ values }) => values)],
      root.current,
    )
    return () => chart.destroy()
  }, [x, series, xName, yRange, scheme, width, height])
  return (
    <div ref={measured} role="img" aria-label={summary} style={{ minHeight: height + 40 }}>
      <div ref={root} />
    </div>
  )
}
