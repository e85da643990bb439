/** The list in pages of a hundred, each in the query cache under its place in the list. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call, ProblemError } from '../../../api/call.ts'
import type { RecordFilter, RecordPage, StudioRecord } from '../record-types.ts'

export const pageSize = 100

/** Where the server is away, it is asked again until it is back. */
export const patiently = {
  retry: (_: number, error: Error) => error instanceof ProblemError && error.problem.status === 0,
  retryDelay: 700,
}

/**
 * What was read stays as it is until the list is asked for anew: decisions change records in it, but none jumps away under one’s
 * hands because it fits the filter no longer. A page goes on where the one before it ended, so that nothing is passed over.
 */
export function pageOptions(client: QueryClient, project: string, filter: RecordFilter, page: number) {
  return queryOptions<RecordPage>({
    queryKey: pageKey(project, filter, page),
    queryFn: ({ signal }) => readPage(client, project, filter, page, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 180_000,
    ...patiently,
  })
}

function pageKey(project: string, filter: RecordFilter, page: number) {
  return ['listRecords', project, filter, page] as const
}

export function cachedPage(
  client: QueryClient,
  project: string,
  filter: RecordFilter,
  page: number,
): RecordPage | undefined {
  return client.getQueryData<RecordPage>(pageKey(project, filter, page))
}

export function cachedRecord(
  client: QueryClient,
  project: string,
  filter: RecordFilter,
  at: number,
): StudioRecord | undefined {
  return cachedPage(client, project, filter, Math.floor(at / pageSize))?.records[at % pageSize]
}

/** Undefined past the end. */
export async function loadRecord(
  client: QueryClient,
  project: string,
  filter: RecordFilter,
  at: number,
): Promise<StudioRecord | undefined> {
  const page = await client.fetchQuery(pageOptions(client, project, filter, Math.floor(at / pageSize)))
  return page.records[at % pageSize]
}

async function readPage(
  client: QueryClient,
  project: string,
  filter: RecordFilter,
  page: number,
  signal: AbortSignal,
): Promise<RecordPage> {
  const before = page === 0 ? undefined : cachedPage(client, project, filter, page - 1)
  const start = before?.next == null ? { from: page * pageSize } : { after: before.next }
  let read: RecordPage = { records: [], next: null, more: true, from: 0 }
  let where: { from?: number; after?: number } = start
  do {
    const query = { ...filter, ...where, limit: pageSize - read.records.length }
    const { records, ...rest } = await call('listRecords', { params: { project }, query }, { signal })
    read = { records: [...read.records, ...records], ...rest }
    if (read.next === null) return { ...read, more: false }
    where = { after: read.next, ...(read.from > 0 && { from: read.from }) }
    // What is found so far is shown while the server looks for more.
    if (read.more && read.records.length < pageSize) client.setQueryData(pageKey(project, filter, page), read)
  } while (read.more && read.records.length < pageSize && !signal.aborted)
  return read
}
