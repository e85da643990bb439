/** Which record one is at. The address follows it, so that it can be kept and sent. */
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RecordSearch } from './record-search.ts'

export interface Cursor {
  /** Place in the list, from 0. */
  at: number
  /** Whether the record is open beside the list. */
  open: boolean
  /** A record that was named by the address rather than by its place. */
  named?: string | undefined
}

interface CursorHold {
  cursor: Cursor
  /** As it is now: keys may be pressed faster than the page is drawn. */
  now: { readonly current: Cursor }
  move: (to: Cursor) => void
}

/** The address is written once moving rests. */
const restMs = 150

/** `idOf` names the record at a place, where it is known. */
export function useCursor(search: RecordSearch, idOf: (at: number) => string | undefined): CursorHold {
  const navigate = useNavigate({ from: '/p/$project/records' })
  const [cursor, setCursor] = useState(() => cursorOf(search))
  const now = useRef(cursor)
  const written = useRef(search.record)
  const move = useCallback((to: Cursor) => {
    now.current = to
    setCursor(to)
  }, [])
  useEffect(() => {
    const { at, open, named } = cursor
    const timer = setTimeout(() => {
      const record = open ? (named ?? idOf(at)) : undefined
      if (record === written.current) return
      written.current = record
      const place = record === undefined ? undefined : at
      void navigate({ search: before => ({ ...before, record, at: place }), replace: true, resetScroll: false })
    }, restMs)
    return () => clearTimeout(timer)
  }, [cursor, idOf, navigate])
  useEffect(() => {
    if (search.record === written.current) return
    written.current = search.record
    move(cursorOf(search))
  }, [search, move])
  return { cursor, now, move }
}

function cursorOf({ record, at }: RecordSearch): Cursor {
  return { at: at ?? 0, open: record !== undefined, named: record }
}
