/** What the address brings along, put into the parameters once. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../api/call.ts'
import { inMode, withExamples } from './multiply-params.ts'
import { useAddress } from './panel-address.ts'
import type { PanelProps } from './panels.ts'

const mostRecords = 50

/** `?records=a,b` chooses these records, `?label=x` what the label has, each in place of what was chosen before. */
export function useFirstExamples({ params, onChange }: Pick<PanelProps, 'params' | 'onChange'>) {
  const address = { records: useAddress('records'), label: useAddress('label') }
  const records = (address.records.value ?? '').split(',').filter(Boolean).slice(0, mostRecords)
  const label = address.label.value
  const { data, error } = useQuery({
    queryKey: ['showRecord', 'several', records],
    queryFn: ({ signal }) => Promise.all(records.map(record => call('showRecord', { params: { record } }, { signal }))),
    enabled: records.length > 0,
  })
  const { examples: _, unlike: __, label: ___, ...rest } = inMode(params, 'more')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known
  useEffect(() => {
    if (data === undefined) return
    const labelled = data.filter(record => record.labels.length > 0)
    const byLabel = Object.groupBy(labelled, record => record.labels[0]!)
    const examples = Object.entries(byLabel).map(([label, found = []]) => [label, found.map(({ id }) => id)])
    onChange(withExamples(rest, Object.fromEntries(examples)))
    address.records.set(undefined)
  }, [data])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (label === undefined || records.length > 0) return
    onChange({ ...rest, label: [label] })
    address.label.set(undefined)
  }, [label])
  return { isPending: records.length > 0 && data === undefined && error === null, error }
}
