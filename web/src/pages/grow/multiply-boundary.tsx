/** Mode `boundary`: two labels, the steps between them, and which texts lie where they meet. */
import { Input, Select, SimpleGrid, Slider, Stack, Text } from '@mantine/core'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { examplesIn, notPreviewed } from './multiply-params.ts'
import { type ColumnText, TextColumn } from './multiply-texts.tsx'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'

const steps = { least: 2, most: 12, usual: 6 }

export function MultiplyBoundary({ project, params, onChange }: PanelProps) {
  const facets = useEndpoint('recordFacets', { params: { project } })
  const labels = (facets.data?.labels ?? []).map(({ name }) => name).filter(name => name !== '')
  const between = Array.isArray(params['between']) ? params['between'].map(String) : []
  const [first = '', second = ''] = between
  const isReady = first !== '' && second !== '' && first !== second
  const preview = usePreview(
    'previewExamples',
    isReady ? { params: { project }, body: { params: sentParams(params, notPreviewed) } } : undefined,
  )
  const choose = (at: number, label: string | null) => {
    const next = at === 0 ? [label ?? '', second] : [first, label ?? '']
    const own = Object.entries(examplesIn(params)).filter(([label]) => next.includes(label))
    const { examples: _, ...rest } = params
    onChange({ ...rest, ...(own.length > 0 && { examples: Object.fromEntries(own) }), between: next })
  }
  const data = (other: string) => [...new Set([...labels, ...between])].filter(label => label !== '' && label !== other)
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="From"
          placeholder="A label"
          data={data(second)}
          value={first || null}
          onChange={value => choose(0, value)}
          searchable
        />
        <Select
          label="To"
          placeholder="Another label"
          data={data(first)}
          value={second || null}
          onChange={value => choose(1, value)}
          searchable
        />
      </SimpleGrid>
      <Input.Wrapper
        label="Steps"
        description="From clearly one to clearly the other, half of them on either side, most of them near the middle."
      >
        <Slider
          mt="xs"
          mb="lg"
          maw={420}
          min={steps.least}
          max={steps.most}
          step={2}
          value={typeof params['steps'] === 'number' ? params['steps'] : steps.usual}
          onChange={value => onChange({ ...params, steps: value })}
          marks={[2, 4, 6, 8, 10, 12].map(value => ({ value, label: value }))}
          thumbLabel="Steps"
        />
      </Input.Wrapper>
      {isReady && <ProblemNotice error={preview.error} />}
      {isReady && preview.data && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" aria-busy={preview.isBehind}>
          {preview.data.cells.map(({ label, like }) => (
            <TextColumn
              key={label}
              title={`${label}, nearest to the other`}
              lead="Shown to the teacher for the steps at the middle."
              texts={like.map((text): ColumnText => ({ ...text, found: true }))}
              empty="None."
            />
          ))}
        </SimpleGrid>
      )}
      {!isReady && (
        <Text size="sm" c="dimmed">
          Choose two labels to see which of their texts lie nearest to the boundary.
        </Text>
      )}
    </Stack>
  )
}
