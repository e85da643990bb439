/** The list of records: any number of rows, of which those one sees are drawn and read. */
// biome-ignore-all lint/a11y/useSemanticElements: the layout of a table has no room for rows that are drawn where one looks
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and says which row is current
import { Checkbox } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { type RefObject, useEffect, useMemo, useState } from 'react'
import { ProblemNotice } from '../../../parts/problem-notice.tsx'
import type { RecordFilter } from '../record-types.ts'
import styles from '../records.module.css'
import { useReviewQueue } from '../review/review-queue.ts'
import { columnsFor } from './columns.tsx'
import { RecordRow, rowId } from './record-row.tsx'
import { trackHeight } from './scaled-scroll.ts'
import { type RecordCount, useRecordRows } from './use-record-list.ts'
import { useScaledScroll } from './use-scaled-scroll.ts'

interface RecordListProps {
  project: string
  filter: RecordFilter
  counted: RecordCount | undefined
  /** The list itself, to be given the focus. */
  grid: RefObject<HTMLDivElement | null>
  /** The current row. */
  at: number | undefined
  colours: (label: string) => string
  selected: { has(id: string): boolean; readonly size: number }
  allSelected: boolean
  onOpen: (at: number) => void
  onSelect: (at: number, through: boolean) => void
  onSelectAll: (all: boolean) => void
  onCount: (count: number) => void
}

const headHeight = 36
/** Rows shown as coming where nobody knows how many there are. */
const comingRows = 20
/** Farther than so many rows is a jump. */
const jumpRows = 200
const calmMs = 60

/** It is to be made anew, by a key of its own, for another filter. */

export function RecordList(props: RecordListProps) {
  const { project, filter, counted, grid, at, colours, selected, allSelected, onOpen, onSelect } = props
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const { queue } = useReviewQueue()
  const { shown: columns, rowHeight } = columnsFor(width || 1000, filter.critic)
  const viewport = Math.max(rowHeight, height - headHeight)
  const [{ end, known }, learn] = useState<{ end: number | undefined; known: number }>({ end: undefined, known: 0 })
  const count = end ?? (counted?.exact ? counted.count : Math.max(counted?.count ?? 0, known + comingRows))
  const geometry = { count, rowHeight, viewport }
  const { first, last, offset, show } = useScaledScroll(grid, geometry)
  const rows = useRecordRows(project, filter, ...useCalm(first, last))
  useEffect(() => {
    learn(before => ({ end: rows.end ?? before.end, known: Math.max(rows.known, before.known) }))
  }, [rows.end, rows.known])
  const { onCount } = props
  useEffect(() => onCount(count), [onCount, count])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the current row, and stays where it is otherwise
  useEffect(() => {
    if (at !== undefined && at < count) show(at)
  }, [at])
  const template = useMemo(() => ['1.25rem', ...columns.map(({ size }) => size)].join(' '), [columns])
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  const isDrawn = at !== undefined && at >= first && at <= last
  return (
    <div
      ref={useMergedRef(ref, grid)}
      className={styles.grid}
      role="grid"
      aria-label="Records"
      aria-multiselectable="true"
      aria-rowcount={counted?.exact ? count + 1 : -1}
      aria-activedescendant={isDrawn ? rowId(at) : undefined}
      tabIndex={0}
    >
      <div role="row" className={styles.head} style={{ gridTemplateColumns: template }} aria-rowindex={1}>
        <div role="columnheader" aria-label="Selected">
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label="Select all records read so far"
            checked={allSelected}
            indeterminate={!allSelected && selected.size > 0}
            onChange={event => props.onSelectAll(event.currentTarget.checked)}
          />
        </div>
        {columns.map(({ id, head }) => (
          <div key={id} role="columnheader" className={styles.cell}>
            {head}
          </div>
        ))}
      </div>
      {rows.error && <ProblemNotice error={rows.error} />}
      <div className={styles.track} style={{ height: trackHeight(geometry) }} role="presentation">
        <div
          className={styles.rows}
          style={{ transform: `translateY(${offset}px)` }}
          role="rowgroup"
          aria-busy={rows.waiting}
        >
          {drawn.map(place => {
            const record = rows.recordAt(place)
            return (
              <RecordRow
                key={place}
                {...{ at: place, columns, template, colours, onOpen, onSelect, height: rowHeight }}
                critic={filter.critic}
                record={record && queue.shown(record)}
                isCurrent={place === at}
                isSelected={record !== undefined && (allSelected || selected.has(record.id))}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** While the scrollbar is dragged past them, rows are not asked for. */
function useCalm(first: number, last: number): [number, number] {
  const [calm, setCalm] = useState<[number, number]>([first, last])
  const isNear = Math.abs(first - calm[0]) < jumpRows
  useEffect(() => {
    const timer = setTimeout(() => setCalm([first, last]), isNear ? 0 : calmMs)
    return () => clearTimeout(timer)
  }, [first, last, isNear])
  return isNear ? [first, last] : calm
}
