/** The head of a column that rows can be sorted by. */
import { Group, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface Order<C extends string> {
  by: C
  descending: boolean
}

interface SortHeadProps<C extends string> {
  column: C
  order: Order<C>
  onOrder: (order: Order<C>) => void
  right?: boolean
  children: ReactNode
}

export function SortHead<C extends string>({ column, order, onOrder, right = false, children }: SortHeadProps<C>) {
  const own = order.by === column
  const Icon = !own ? IconArrowsSort : order.descending ? IconArrowDown : IconArrowUp
  return (
    <Table.Th aria-sort={own ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        w="100%"
        onClick={() => onOrder({ by: column, descending: own ? !order.descending : false })}
      >
        <Group gap={4} wrap="nowrap" justify={right ? 'flex-end' : 'flex-start'}>
          {children}
          <Icon size={14} aria-hidden="true" opacity={own ? 1 : 0.4} />
        </Group>
      </UnstyledButton>
    </Table.Th>
  )
}

/** A sorted copy; what has no value comes last either way. */
export function ordered<T>(rows: readonly T[], of: (row: T) => string | number | null, descending: boolean): T[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [of(a), of(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    const compared =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right), 'en')
    return descending ? -compared : compared
  })
}
