/** One row of the list. */
// biome-ignore-all lint/a11y/useSemanticElements: the layout of a table has no room for rows that are drawn where one looks
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and says which row is current
import { Checkbox, Skeleton } from '@mantine/core'
import { memo } from 'react'
import type { StudioRecord } from '../record-types.ts'
import styles from '../records.module.css'
import type { CellContext, columnsFor } from './columns.tsx'

interface RecordRowProps extends CellContext {
  /** Undefined while it is being read. */
  record: StudioRecord | undefined
  columns: ReturnType<typeof columnsFor>['shown']
  template: string
  height: number
  isCurrent: boolean
  isSelected: boolean
  onOpen: (at: number) => void
  onSelect: (at: number, through: boolean) => void
}

export const RecordRow = memo(function RecordRow(props: RecordRowProps) {
  const { at, record, columns, template, height, isCurrent, isSelected, onOpen, onSelect, ...context } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter opens the current record from the list
    <div
      className={styles.row}
      style={{ gridTemplateColumns: template, height }}
      role="row"
      id={rowId(at)}
      tabIndex={-1}
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      aria-busy={record === undefined}
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      onClick={event => (event.shiftKey ? onSelect(at, true) : record && onOpen(at))}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: x selects from the list */}
      <div role="gridcell" onClick={event => event.stopPropagation()}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          disabled={record === undefined}
          checked={isSelected}
          aria-label={`Select record ${at + 1}`}
          onChange={event => onSelect(at, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </div>
      {columns.map(({ id, cell }) => (
        <div key={id} role="gridcell" className={styles.cell}>
          {record ? cell(record, { at, ...context }) : <Skeleton height={14} width={id === 'text' ? '70%' : '60%'} />}
        </div>
      ))}
    </div>
  )
})

export function rowId(at: number): string {
  return `record-row-${at}`
}
