/** The filters that need more room: label, tag, origin, split, run, critic and score. */
import { Group, MultiSelect, NumberInput, type NumberInputProps, Select, Stack } from '@mantine/core'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import type { RecordFacets, RecordFilter } from '../record-types.ts'
import { originWords, orNothing } from './filter-words.ts'

interface FilterFormProps {
  project: string
  filter: RecordFilter
  onChange: (change: { [K in keyof RecordFilter]?: RecordFilter[K] | undefined }) => void
}

const none: RecordFacets = { labels: [], tags: [], runs: [], critics: [], exact: true }
const inside = { comboboxProps: { withinPortal: false }, size: 'xs' } as const
/** Stands for no label: an option must have a value. */
const withoutLabel = '\u0000'

export function FilterForm({ project, filter, onChange }: FilterFormProps) {
  const { data: facets = none } = useEndpoint('recordFacets', { params: { project } })
  const numbers = { size: 'xs', allowedDecimalSeparators: ['.', ','] } satisfies NumberInputProps
  return (
    <Stack gap="xs">
      <MultiSelect
        {...inside}
        label="Label"
        searchable
        clearable
        data-autofocus
        data={facets.labels.map(({ name, count }) => ({
          value: name || withoutLabel,
          label: `${name || 'Without label'} (${count.toLocaleString('en')})`,
        }))}
        value={(filter.label ?? []).map(name => name || withoutLabel)}
        onChange={names => onChange({ label: orNothing(names.map(name => (name === withoutLabel ? '' : name))) })}
        nothingFoundMessage="No such label"
      />
      <MultiSelect
        {...inside}
        label="Tags"
        description="All of them"
        searchable
        clearable
        data={facets.tags.map(({ name, count }) => ({ value: name, label: `${name} (${count.toLocaleString('en')})` }))}
        value={filter.tag ?? []}
        onChange={tag => onChange({ tag: orNothing(tag) })}
        nothingFoundMessage={facets.tags.length === 0 ? 'No record has a tag yet' : 'No such tag'}
      />
      <MultiSelect
        {...inside}
        label="Origin"
        clearable
        data={Object.entries(originWords).map(([value, label]) => ({ value, label }))}
        value={filter.outcome ?? []}
        onChange={outcome => onChange({ outcome: orNothing(outcome as 'kept'[]) })}
      />
      <MultiSelect
        {...inside}
        label="Split"
        clearable
        data={['train', 'validation', 'test']}
        value={filter.split ?? []}
        onChange={split => onChange({ split: orNothing(split as 'train'[]) })}
      />
      <Select
        {...inside}
        label="Run"
        clearable
        searchable
        data={facets.runs.map(({ run, generator, count, createdMs }) => ({
          value: run,
          label: `${generator}, ${new Date(createdMs).toLocaleDateString('en')} (${count.toLocaleString('en')})`,
        }))}
        value={filter.run ?? null}
        onChange={run => onChange({ run: run ?? undefined })}
        nothingFoundMessage={facets.runs.length === 0 ? 'Nothing was grown yet' : 'No such run'}
      />
      <Select
        {...inside}
        label="Critic"
        description="Judged by it; its score is shown in the list"
        clearable
        data={facets.critics}
        value={filter.critic ?? null}
        onChange={critic => onChange({ critic: critic ?? undefined })}
        nothingFoundMessage="No critic said anything yet"
      />
      <Group gap="xs" grow>
        <NumberInput
          {...numbers}
          label="Score from"
          value={filter.minScore ?? ''}
          onChange={value => onChange({ minScore: typeof value === 'number' ? value : undefined })}
        />
        <NumberInput
          {...numbers}
          label="Score to"
          value={filter.maxScore ?? ''}
          onChange={value => onChange({ maxScore: typeof value === 'number' ? value : undefined })}
        />
      </Group>
    </Stack>
  )
}
