/** Structured records: who writes what, the fields of a record, and how many of each value. */
import { Stack } from '@mantine/core'
import type { PanelProps } from './panels.ts'
import { ParamsForm } from './params-form.tsx'
import { RecordFields } from './record-fields.tsx'

const main = ['role', 'instruction']
const made = ['fields', 'quotas']

export function RecordsPanel({ params, onChange, problems, target, onTarget }: PanelProps) {
  const shared = { kind: 'records', params, onChange, problems }
  return (
    <Stack gap="lg">
      <ParamsForm {...shared} first={main} />
      <RecordFields
        fields={params['fields']}
        quotas={params['quotas']}
        problems={problems}
        onChange={({ fields, quotas }) => {
          const { quotas: _, ...rest } = params
          onChange({ ...rest, fields, ...(Object.keys(quotas).length > 0 && { quotas }) })
          // Quotas are the target: another one beside them would contradict them.
          if (Object.keys(quotas).length > 0 && target !== undefined) onTarget?.(undefined)
        }}
      />
      <ParamsForm {...shared} first={['grid', 'label']} except={[...main, ...made]} others />
    </Stack>
  )
}
