/** Which records an export holds, and how its format is to write them. */
import { Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import type { Split, Status } from '../../../../src/model/record.ts'
import type { AnswerOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { timeAgo } from '../projects/time-ago.ts'
import type { ExportSearch } from './export-search.ts'

interface ExportChoiceProps {
  summary: ProjectSummary
  value: ExportSearch
  onChange: (part: ExportSearch) => void
  format: AnswerOf<'listFormats'>[number] | undefined
}

const statuses: Status[] = ['pending', 'accepted', 'rejected']
const splits: Split[] = ['train', 'validation', 'test']
const chats = ['openai-chat', 'sharegpt']
const schemes = ['conll', 'hugging-face']

export function ExportChoice({ summary, value, onChange, format }: ExportChoiceProps) {
  const { project, labels } = summary
  const { data: runs = [] } = useEndpoint('listRuns', { params: { project: project.name } })
  const counted = (name: string, count: number | undefined) => `${name} (${(count ?? 0).toLocaleString('en')})`
  const chosenStatuses = value.status ?? ['pending', 'accepted']
  const chosenSplits = value.split ?? splits
  const kind = format?.kind ?? ''
  return (
    <Stack gap="md">
      <Group gap="xl" align="flex-start">
        <Checkbox.Group
          label="Status"
          value={chosenStatuses}
          onChange={chosen =>
            chosen.length > 0 && onChange({ status: same(chosen, ['pending', 'accepted']) as Status[] })
          }
        >
          <Group mt={6}>
            {statuses.map(status => (
              <Checkbox key={status} value={status} label={counted(status, summary.statuses[status])} />
            ))}
          </Group>
        </Checkbox.Group>
        <Checkbox.Group
          label="Split"
          value={chosenSplits}
          onChange={chosen => chosen.length > 0 && onChange({ split: same(chosen, splits) as Split[] })}
        >
          <Group mt={6}>
            {splits.map(split => (
              <Checkbox key={split} value={split} label={counted(split, summary.splits[split])} />
            ))}
          </Group>
        </Checkbox.Group>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={900}>
        {Object.keys(labels).length > 0 && project.kind !== 'entities' && (
          <MultiSelect
            label="Labels"
            placeholder={value.label ? undefined : 'All'}
            data={Object.entries(labels).map(([name, count]) => ({ value: name, label: counted(name, count) }))}
            value={value.label ?? []}
            searchable
            clearable
            onChange={chosen => onChange({ label: chosen.length > 0 ? chosen : undefined })}
          />
        )}
        {runs.length > 0 && (
          <Select
            label="Run"
            placeholder="All, and what was brought"
            data={runs.map(({ id, generator, kept, createdMs }) => ({
              value: id,
              label: `${generator}, ${kept.toLocaleString('en')} kept, ${timeAgo(createdMs)}`,
            }))}
            value={value.run ?? null}
            clearable
            onChange={run => onChange({ run: run ?? undefined })}
          />
        )}
        {format?.needsTemplate && (
          <Typed
            label="A line reads as"
            description="{name} stands for a field, {label} for the label"
            placeholder="Q: {text} A: {label}"
            value={value.template ?? ''}
            onChange={template => onChange({ template: template || undefined })}
          />
        )}
        {chats.includes(kind) && (
          <Typed
            label="System prompt"
            description="Opens each conversation; empty: what the record says"
            long
            value={value.systemPrompt ?? ''}
            onChange={systemPrompt => onChange({ systemPrompt: systemPrompt || undefined })}
          />
        )}
        {schemes.includes(kind) && project.kind === 'entities' && (
          <Select
            label="Tags of entities"
            data={[
              { value: 'bio', label: 'BIO' },
              { value: 'bioes', label: 'BIOES' },
              { value: 'iob1', label: 'IOB1, as CoNLL-2003' },
            ]}
            value={value.scheme ?? 'bio'}
            allowDeselect={false}
            onChange={scheme => onChange({ scheme: scheme === 'bio' ? undefined : (scheme as ExportSearch['scheme']) })}
          />
        )}
      </SimpleGrid>
      {format?.isWhole && (
        <Checkbox
          label="With lineage"
          description="Where each record came from, who decided on it, and what it cost"
          checked={value.lineage === 'true'}
          onChange={({ currentTarget }) => onChange({ lineage: currentTarget.checked ? 'true' : undefined })}
        />
      )}
    </Stack>
  )
}

/** Nothing where it is what one gets anyway, so that the address stays short. */
function same(chosen: string[], usual: string[]): string[] | undefined {
  return chosen.length === usual.length && usual.every(each => chosen.includes(each)) ? undefined : chosen
}

const pauseMs = 500

interface TypedProps {
  label: string
  description: string
  placeholder?: string
  long?: boolean
  value: string
  onChange: (value: string) => void
}

/** Told once somebody pauses: each change makes the preview anew. */
function Typed({ value, onChange, long = false, ...rest }: TypedProps) {
  const [typed, setTyped] = useState(value)
  const tell = useDebouncedCallback(onChange, pauseMs)
  const change = (text: string) => {
    setTyped(text)
    tell(text)
  }
  return long ? (
    <Textarea {...rest} autosize minRows={2} value={typed} onChange={event => change(event.currentTarget.value)} />
  ) : (
    <TextInput {...rest} value={typed} onChange={event => change(event.currentTarget.value)} />
  )
}
