/** Mode `wrong`: what a model predicted, and which of its mistakes are grown from. */
import { FileInput, List, MultiSelect, Stack, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { labelsIn, notPreviewed } from './multiply-params.ts'
import { TextColumn } from './multiply-texts.tsx'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'

export function MultiplyWrong({ project, params, onChange }: PanelProps) {
  const facets = useEndpoint('recordFacets', { params: { project } })
  const labels = (facets.data?.labels ?? []).map(({ name }) => name).filter(name => name !== '')
  const predictions = typeof params['predictions'] === 'string' ? params['predictions'] : undefined
  const preview = usePreview(
    'previewExamples',
    predictions !== undefined ? { params: { project }, body: { params: sentParams(params, notPreviewed) } } : undefined,
  )
  const store = useMutation({
    mutationFn: async (file: File) => {
      const { upload } = await call('uploadFile', { query: { name: file.name } }, { bytes: file })
      return call('storePredictions', { params: { project }, body: { upload } })
    },
    onSuccess: ({ path }) => onChange({ ...params, predictions: path }),
  })
  const chosen = labelsIn(params)
  return (
    <Stack gap="md">
      <FileInput
        label="Predictions"
        description="CSV, TSV, JSON or JSON Lines with the columns predicted and id or text. Let a model judge only what it did not learn from: by cross-validation."
        placeholder={predictions ?? 'Choose a file'}
        leftSection={<IconFileUpload size={18} />}
        accept=".csv,.tsv,.json,.jsonl,.ndjson"
        value={null}
        onChange={file => file && store.mutate(file)}
        disabled={store.isPending}
      />
      <ProblemNotice error={store.error} />
      {predictions !== undefined && (
        <>
          <Text size="sm">
            {store.data
              ? `${store.data.predictions.toLocaleString('en')} predictions in ${predictions}.`
              : `Predictions: ${predictions}`}
          </Text>
          <MultiSelect
            label="Labels to grow"
            description="None: every label with mistakes."
            data={[...new Set([...labels, ...chosen])]}
            value={chosen}
            onChange={value => {
              const { label: _, ...rest } = params
              onChange(value.length === 0 ? rest : { ...rest, label: value })
            }}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'Every label with mistakes' }}
          />
          <ProblemNotice error={preview.error} />
        </>
      )}
      {predictions !== undefined && preview.data && (
        <Stack gap="md" aria-busy={preview.isBehind}>
          <List size="sm" spacing={2}>
            {preview.data.notes.map(note => (
              <List.Item key={note} style={{ overflowWrap: 'anywhere' }}>
                {note.trim()}
              </List.Item>
            ))}
          </List>
          {preview.data.cells.map(({ label, examples }) => (
            <TextColumn
              key={label}
              title={`${label}: mistakes to grow from`}
              lead="Each takes its turn, shown with others like it and with easy texts of the label."
              texts={examples.map(text => ({ ...text, found: true }))}
              empty="None."
            />
          ))}
        </Stack>
      )}
    </Stack>
  )
}
