/** The rows one looks at, and how many there are in all. */
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../api/call.ts'
import type { RecordFilter, StudioRecord } from '../record-types.ts'
import { cachedPage, cachedRecord, pageOptions, pageSize, patiently } from './record-pages.ts'

export interface RecordCount {
  count: number
  /** False while it is being counted. */
  exact: boolean
}

export function useRecordCount(project: string, filter: RecordFilter) {
  const client = useQueryClient()
  const queryKey = ['countRecords', project, filter]
  return useQuery<RecordCount>({
    queryKey,
    queryFn: async ({ signal }) => {
      let counted = 0
      for (let after: number | undefined; ; ) {
        const query = { ...filter, ...(after !== undefined && { after }) }
        const { count, exact, next } = await call('countRecords', { params: { project }, query }, { signal })
        counted += count
        if (exact || next === null) return { count: counted, exact: true }
        client.setQueryData(queryKey, { count: counted, exact: false })
        after = next
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    ...patiently,
  })
}

interface RecordRows {
  recordAt(at: number): StudioRecord | undefined
  /** Places in the list after which nothing comes; undefined while nobody knows. */
  end: number | undefined
  /** How many places are known to be there. */
  known: number
  error: Error | null
  /** The server does not answer; it is asked again. */
  waiting: boolean
}

/** Reads the pages that hold these rows, and the next. */
export function useRecordRows(project: string, filter: RecordFilter, first: number, last: number): RecordRows {
  const client = useQueryClient()
  const from = Math.floor(Math.max(0, first) / pageSize)
  const to = Math.max(from, Math.floor(last / pageSize))
  const numbers = Array.from({ length: to - from + 2 }, (_, i) => from + i)
  const pages = useQueries({
    queries: numbers.map((page, i) => {
      const before = i === 0 ? undefined : cachedPage(client, project, filter, page - 1)
      const isNext = before?.more === true && before.records.length === pageSize
      return { ...pageOptions(client, project, filter, page), enabled: i === 0 || isNext }
    }),
  })
  const ends = pages.flatMap(({ data }, i) => (data && !data.more ? [(from + i) * pageSize + data.records.length] : []))
  return {
    recordAt: at =>
      pages[Math.floor(at / pageSize) - from]?.data?.records[at % pageSize] ??
      cachedRecord(client, project, filter, at),
    end: ends.length > 0 ? Math.min(...ends) : undefined,
    known: Math.max(0, ...pages.map(({ data }, i) => (data ? (from + i) * pageSize + data.records.length : 0))),
    error: pages.find(({ error }) => error)?.error ?? null,
    waiting: pages.some(({ failureCount, fetchStatus }) => failureCount > 0 && fetchStatus === 'fetching'),
  }
}
