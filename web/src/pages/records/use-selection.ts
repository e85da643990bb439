/** Which records are selected, or all that match. */
import { useCallback, useRef, useState } from 'react'
import type { StudioRecord } from './record-types.ts'

export interface Selection {
  /** By id, as they were when they were selected. */
  records: ReadonlyMap<string, StudioRecord>
  /** Everything that fits the filter, also what was never read. */
  all: boolean
}

const none: Selection = { records: new Map(), all: false }

/** `recordAt` gives the record at a place of the list, where it is read. */
export function useSelection(recordAt: (at: number) => StudioRecord | undefined) {
  const [selection, setSelection] = useState<Selection>(none)
  const anchor = useRef<number>(undefined)
  const add = useCallback(
    (from: number, to: number) => {
      anchor.current = to
      setSelection(({ records }) => {
        const next = new Map(records)
        for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
          const record = recordAt(at)
          if (record) next.set(record.id, record)
        }
        return { records: next, all: false }
      })
    },
    [recordAt],
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
