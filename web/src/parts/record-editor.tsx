/** Edits a record in place: its fields, its labels, and the entities in its texts. */
import { Button, Group, Stack, TagsInput, Text, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { Json } from '../../../src/model/json.ts'
import type { Span } from '../../../src/model/record.ts'
import { RecordAnnotator } from './record-annotator.tsx'
import type { RecordChanges } from './record-changes.ts'
import { followEdit } from './record-offsets.ts'
import { useLabelColours } from './use-label-colours.ts'
import { useProjectLabels } from './use-project-labels.ts'

interface RecordEditorProps {
  record: { fields: Record<string, Json>; labels: string[]; spans: Span[] }
  /** Name of its project. */
  project: string
  /** Called with what was changed only. */
  onSave: (changes: RecordChanges) => void
  onCancel?: () => void
}

export function RecordEditor({ record, project, onSave, onCancel }: RecordEditorProps) {
  const { kind, labels: known, closed } = useProjectLabels(project)
  const colours = useLabelColours(project)
  const [texts, setTexts] = useState(() => textsOf(record.fields))
  const [spans, setSpans] = useState(record.spans)
  const [labels, setLabels] = useState(record.labels)
  const { changes, faults } = changesOf(record, texts, spans, labels)
  const canSave = Object.keys(changes).length > 0 && Object.keys(faults).length === 0
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    if (canSave) onSave(changes)
    else if (Object.keys(faults).length === 0) onCancel?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
    else if (event.key === 'Escape' && !event.defaultPrevented && onCancel) onCancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const type = (field: string, text: string, caret: number) => {
    const before = texts[field] ?? ''
    setTexts({ ...texts, [field]: text })
    setSpans([
      ...spans.filter(span => span.field !== field),
      ...followEdit(
        spans.filter(span => span.field === field),
        before,
        text,
        caret,
      ),
    ])
  }
  return (
    <form onSubmit={save} onKeyDown={onKeyDown}>
      <Stack gap="sm">
        {Object.entries(record.fields).map(([field, value], i) => (
          <Stack gap={6} key={field}>
            <Textarea
              label={typeof value === 'string' ? field : `${field} (JSON)`}
              autosize
              minRows={1}
              maxRows={16}
              data-autofocus={i === 0 || undefined}
              autoFocus={i === 0}
              dir="auto"
              value={texts[field] ?? ''}
              error={faults[field]}
              onChange={({ currentTarget: { value: text, selectionEnd } }) => type(field, text, selectionEnd)}
            />
            {kind === 'entities' && typeof value === 'string' && (
              <RecordAnnotator
                text={texts[field] ?? ''}
                field={field}
                spans={spans.filter(span => span.field === field)}
                labels={known}
                colours={colours}
                open={!closed}
                onChange={own => setSpans([...spans.filter(span => span.field !== field), ...own])}
              />
            )}
          </Stack>
        ))}
        {kind !== 'entities' && (
          <TagsInput
            label="Labels"
            description={closed ? 'From the project’s list' : 'Any; type and press Enter'}
            data={known}
            value={labels}
            onChange={next => setLabels(closed ? next.filter(label => known.includes(label)) : next)}
            clearable
          />
        )}
        <Group gap="xs">
          <Button type="submit" size="sm" disabled={Object.keys(faults).length > 0}>
            {canSave ? 'Save' : 'Nothing changed'}
          </Button>
          {onCancel && (
            <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Text size="xs" c="dimmed">
            Ctrl Enter saves, Esc cancels
          </Text>
        </Group>
      </Stack>
    </form>
  )
}

function textsOf(fields: Record<string, Json>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value, undefined, 2),
    ]),
  )
}

/** What differs from the record; fields whose text is no JSON where it must be are at fault. */
function changesOf(
  record: RecordEditorProps['record'],
  texts: Record<string, string>,
  spans: Span[],
  labels: string[],
): { changes: RecordChanges; faults: Record<string, string> } {
  const fields: Record<string, Json> = {}
  const faults: Record<string, string> = {}
  const shown = textsOf(record.fields)
  const spansOf = (all: Span[], name: string) => JSON.stringify(all.filter(({ field }) => field === name))
  for (const [name, value] of Object.entries(record.fields)) {
    const text = texts[name] ?? ''
    if (text === shown[name] && spansOf(spans, name) === spansOf(record.spans, name)) continue
    if (typeof value === 'string') fields[name] = text
    else {
      try {
        fields[name] = JSON.parse(text)
      } catch (error) {
        faults[name] = `That is no JSON: ${(error as Error).message}`
      }
    }
  }
  const isEdited = Object.keys(fields).length > 0
  const hasSpans = record.spans.length > 0 || spans.length > 0
  const own = spans.filter(({ field }) => Object.hasOwn(fields, field))
  const isRelabelled = JSON.stringify(labels) !== JSON.stringify(record.labels)
  return {
    changes: {
      ...(isEdited && { fields }),
      ...(isEdited && hasSpans && { spans: own }),
      ...(isRelabelled && { labels }),
    },
    faults,
  }
}
