/** Lines that grow while a model runs. */
import 'uplot/dist/uPlot.min.css'
import { Text, useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import type { Lines } from '../../../src/simulations/watch/chart-lines.ts'
import { nameInWords } from '../form/field.ts'
import { chartInks, chartLines } from '../parts/chart-inks.ts'
import styles from './simulation.module.css'

interface LiveChartProps {
  title: string
  columns: string[]
  lines: Lines
}

const height = 170
/** Fewer are seen one by one. */
const fewPoints = 12
const order = [1, 3, 0, 4, 5, 2]

export function LiveChart({ title, columns, lines }: LiveChartProps) {
  const scheme = useComputedColorScheme('light')
  const { ref: measured, width } = useElementSize()
  const root = useRef<HTMLDivElement>(null)
  const chart = useRef<UPlot>(undefined)
  const names = columns.join('\n')
  const strokes = order.map(at => chartLines[scheme][at]!)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of colours makes it anew
  useEffect(() => {
    if (!root.current || width === 0) return
    const { text, grid } = chartInks[scheme]
    const axis = {
      ...{ stroke: text, font: '11px system-ui, sans-serif', gap: 4 },
      ...{ grid: { stroke: grid, width: 1 }, ticks: { show: false } },
    }
    const made = new UPlot(
      {
        ...{ width, height, padding: [8, 12, 0, 0], legend: { show: false }, cursor: { show: false } },
        scales: { x: { time: false, range: (_, __, last) => [0, Math.max(last ?? 0, 1)] }, y: { range: yRange } },
        axes: [
          { ...axis, size: 26 },
          { ...axis, size: 54, space: 34, values: (_, ticks) => ticks.map(shownTick) },
        ],
        series: [
          {},
          ...names.split('\n').map((label, at) => ({
            ...{ label, stroke: strokes[at % strokes.length]!, width: 1.75 },
            points: { show: (chart: UPlot) => chart.data[0].length < fewPoints, size: 5 },
            spanGaps: true,
          })),
        ],
      },
      [[]],
      root.current,
    )
    chart.current = made
    return () => made.destroy()
  }, [names, scheme, width])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart made anew is filled again
  useEffect(() => {
    chart.current?.setData([lines.x, ...lines.values.map(withGaps)])
  }, [lines, names, scheme, width])
  const latest = columns.map((name, at) => ({ name, value: lines.values[at]?.at(-1) }))
  const summary = latest.map(({ name, value }) => `${nameInWords(name)} ${shownValue(value)}`).join(', ')
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      <ul className={styles.legend}>
        {latest.map(({ name, value }, at) => (
          <li key={name} className={styles.legendEntry}>
            <span
              className={styles.swatch}
              style={{ background: strokes[at % strokes.length], height: 4, border: 0 }}
            />
            {nameInWords(name)} <span className={styles.figure}>{shownValue(value)}</span>
          </li>
        ))}
      </ul>
      <div
        ref={measured}
        role="img"
        aria-label={`Chart of ${title}: ${summary}`}
        style={{ minHeight: height, overflow: 'hidden' }}
      >
        <div ref={root} />
      </div>
    </div>
  )
}

/** The library takes null for a gap, and no NaN. */
function withGaps(values: Float64Array): (number | null)[] {
  return Array.from(values, value => (Number.isNaN(value) ? null : value))
}

/** With some room; what never changes lies in the middle of it. */
function yRange(_: UPlot, least: number | null, most: number | null): [number, number] {
  if (least === null || most === null) return [0, 1]
  if (least === most) return [Math.min(0, 2 * least), Math.max(0, 2 * most) || 1]
  const [low, high] = UPlot.rangeNum(least, most, 0.1, true)
  return [low ?? least, high ?? most]
}

export function shownValue(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  const digits = Math.abs(value) >= 1000 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

function shownTick(value: number): string {
  return value.toLocaleString('en', {
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 3,
  })
}
