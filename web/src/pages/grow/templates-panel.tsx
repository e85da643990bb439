/** Templates with slots and weighted values: no model is asked. */
import { ActionIcon, Autocomplete, Button, Group, NumberInput, Paper, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { TemplatesPreview } from '../../../../src/model/api/previews.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'
import { TemplatesOutcome } from './templates-outcome.tsx'
import { slotsIn, type Template, templatesIn, withSlot, withTemplates } from './templates-params.ts'
import { SlotEditor } from './templates-slot-text.tsx'
import { problemAt, slotColours, slotsIn as slotsInTexts } from './templates-slots.ts'
import { SlotValues } from './templates-values.tsx'

export function TemplatesPanel({ project, params, onChange, problems }: PanelProps) {
  const settings = useEndpoint('projectSettings', { params: { project } })
  const templates = templatesIn(params)
  const slots = slotsIn(params)
  const texts = [
    ...templates.flatMap(({ fields }) => Object.values(fields)),
    ...Object.values(slots).flatMap(({ values }) => values.map(({ value }) => value)),
  ]
  const names = [...new Set([...slotsInTexts(texts), ...Object.keys(slots)])]
  const colourOf = slotColours(names)
  const hasAny = templates.length > 0
  const preview = usePreview(
    'previewTemplates',
    hasAny ? { params: { project }, body: { generator: 'template', params: sentParams(params) } } : undefined,
  )
  const change = (at: number, next: Partial<Template>) =>
    onChange(withTemplates(params, templates.with(at, { ...templates[at]!, ...next })))
  return (
    <Stack gap="lg">
      <Stack gap="sm" component="section" aria-label="Templates">
        <Title order={2} size="h5">
          Templates
        </Title>
        <Text size="sm" c="dimmed">
          {
            'Texts with {slots}. {a thing} puts the article before it, {2..5 thing} a number, {thing#1} repeats a draw, and |plural, |capital, |upper, |lower change its letters.'
          }
        </Text>
        {templates.map((template, at) => (
          <TemplateRow
            // biome-ignore lint/suspicious/noArrayIndexKey: templates have no identity but their place
            key={at}
            {...{ at, template, colourOf }}
            labels={settings.data?.labels ?? []}
            error={problemAt(problems, `templates.${at}`)}
            onChange={next => change(at, next)}
            onRemove={() => onChange(withTemplates(params, templates.toSpliced(at, 1)))}
          />
        ))}
        <Group>
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} />}
            onClick={() =>
              onChange(withTemplates(params, [...templates, { fields: { text: '' }, label: '', weight: 1 }]))
            }
          >
            Add a template
          </Button>
        </Group>
      </Stack>
      {names.length > 0 && (
        <Stack gap="sm" component="section" aria-label="Slots">
          <Title order={2} size="h5">
            Slots
          </Title>
          {names.map(name => (
            <SlotValues
              key={name}
              name={name}
              slot={slots[name] ?? { entity: '', values: [] }}
              labels={settings.data?.labels ?? []}
              colourOf={colourOf}
              error={problemAt(problems, `slots.${name}`)}
              onChange={slot => onChange(withSlot(params, name, slot))}
            />
          ))}
        </Stack>
      )}
      {hasAny && (
        <TemplatesOutcome
          project={project}
          field="text"
          preview={preview}
          blocked={problems.length > 0}
          total={totalOf}
          colourOf={colourOf}
        />
      )}
    </Stack>
  )
}

interface TemplateRowProps {
  at: number
  template: Template
  labels: string[]
  colourOf: (slot: string) => string
  error: string | undefined
  onChange: (template: Partial<Template>) => void
  onRemove: () => void
}

function TemplateRow({ at, template, labels, colourOf, error, onChange, onRemove }: TemplateRowProps) {
  const { fields, label, weight } = template
  const names = Object.keys(fields)
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Stack gap="xs" style={{ flex: 1, minWidth: 0 }}>
            {names.map((name, place) => (
              <SlotEditor
                key={name}
                label={names.length === 1 ? `Template ${at + 1}` : `Template ${at + 1}: ${name}`}
                value={fields[name]!}
                onChange={text => onChange({ fields: { ...fields, [name]: text } })}
                colourOf={colourOf}
                error={place === 0 ? error : undefined}
                placeholder="I am still waiting for {my} {item}; it was due {day}."
              />
            ))}
          </Stack>
          <Tooltip label="Remove">
            <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={`Remove template ${at + 1}`}>
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
        <Group gap="sm" align="flex-end">
          <Autocomplete
            label={`Label of template ${at + 1}`}
            size="xs"
            placeholder="None"
            data={labels}
            value={label}
            onChange={next => onChange({ label: next })}
            style={{ flex: '0 1 16rem' }}
          />
          <NumberInput
            label={`Weight of template ${at + 1}`}
            size="xs"
            value={weight}
            min={0.01}
            onChange={next => typeof next === 'number' && next > 0 && onChange({ weight: next })}
            w={150}
          />
        </Group>
      </Stack>
    </Paper>
  )
}

function totalOf({ cells, possible }: TemplatesPreview): string {
  const total = `At most ${counted(possible)} different records possible`
  if (cells.length < 2) return `${total}.`
  return `${total}: ${cells.map(cell => `${cell.cell} ${counted(cell.possible)}`).join(', ')}.`
}

function counted(count: number): string {
  return count < 1e9
    ? count.toLocaleString('en')
    : count.toLocaleString('en', { notation: 'compact', compactDisplay: 'long' })
}
