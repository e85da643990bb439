/** The record one is at: by its place in the list, or by the name that the address gave. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { cachedRecord, loadRecord, pageOptions, pageSize, patiently } from './list/record-pages.ts'
import type { RecordFilter, StudioRecord } from './record-types.ts'
import type { Cursor } from './use-cursor.ts'

interface CurrentRecord {
  record: StudioRecord | undefined
  error: Error | null
  /** For keys: at once where it is read, else once it is. */
  read: () => StudioRecord | undefined | Promise<StudioRecord | undefined>
}

export function useCurrentRecord(
  project: string,
  filter: RecordFilter,
  cursor: Cursor,
  now: { readonly current: Cursor },
): CurrentRecord {
  const client = useQueryClient()
  const { at, named } = cursor
  const byPlace = useQuery({
    ...pageOptions(client, project, filter, Math.floor(at / pageSize)),
    select: page => page.records[at % pageSize],
  })
  const fits = named === undefined || byPlace.data?.id === named
  const optionsOf = (id: string) => ({
    queryKey: ['showRecord', { params: { record: id } }],
    queryFn: () => call('showRecord', { params: { record: id } }),
    ...patiently,
  })
  const byName = useQuery({ ...optionsOf(named ?? ''), enabled: named !== undefined && !fits && byPlace.isFetched })
  const read = () => {
    const { at: place, named: wanted } = now.current
    const cached = cachedRecord(client, project, filter, place)
    if (cached && (wanted === undefined || cached.id === wanted)) return cached
    if (wanted !== undefined) return client.fetchQuery({ ...optionsOf(wanted), staleTime: 60_000 })
    return loadRecord(client, project, filter, place)
  }
  return fits
    ? { record: byPlace.data, error: byPlace.error, read }
    : { record: byName.data, error: byName.error, read }
}
