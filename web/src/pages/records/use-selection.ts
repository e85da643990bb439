/** Which records are selected, or all that match. */
import { useCallback, useRef, useState } from 'react'
import { pageSize } from './list/record-pages.ts'
import type { StudioRecord } from './record-types.ts'

interface Selection {
  /** By id, as they were when they were selected. */
  records: ReadonlyMap<string, StudioRecord>
  /** Everything that fits the filter, also what was never read. */
  all: boolean
}

/** Selected in a row at most; for more there is “all that match”. */
const mostInRow = 10_000

const none: Selection = { records: new Map(), all: false }

/** `recordAt` gives the record at a place of the list, where it is read; `load` reads it. */
export function useSelection(
  recordAt: (at: number) => StudioRecord | undefined,
  load: (at: number) => Promise<unknown>,
) {
  const [selection, setSelection] = useState<Selection>(none)
  const anchor = useRef<number>(undefined)
  const addRead = useCallback(
    (from: number, to: number) =>
      setSelection(({ records }) => {
        const next = new Map(records)
        for (let at = from; at <= to; at++) {
          const record = recordAt(at)
          if (record) next.set(record.id, record)
        }
        return { records: next, all: false }
      }),
    [recordAt],
  )
  const add = useCallback(
    (one: number, other: number) => {
      anchor.current = other
      const [from, to] = [Math.min(one, other), Math.min(Math.max(one, other), Math.min(one, other) + mostInRow)]
      addRead(from, to)
      const unread = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
        at => (at === from || at % pageSize === 0) && recordAt(at) === undefined,
      )
      if (unread.length > 0) void Promise.all(unread.map(load)).then(() => addRead(from, to))
    },
    [addRead, recordAt, load],
  )
  /** Through: from where one selected last. */
  const toggle = useCallback(
    (at: number, through: boolean) => {
      if (through) return add(anchor.current ?? at, at)
      anchor.current = at
      const record = recordAt(at)
      if (!record) return
      setSelection(({ records }) => {
        const next = new Map(records)
        if (!next.delete(record.id)) next.set(record.id, record)
        return { records: next, all: false }
      })
    },
    [add, recordAt],
  )
  const clear = useCallback(() => setSelection(none), [])
  const selectAll = useCallback(() => setSelection({ records: new Map(), all: true }), [])
  return { selection, toggle, add, clear, selectAll }
}
