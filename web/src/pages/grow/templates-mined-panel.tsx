/** Templates, typed or made of the project’s records, filled with its own values or given ones. */
import {
  ActionIcon,
  Button,
  Group,
  Input,
  NumberInput,
  Paper,
  Slider,
  Stack,
  TagsInput,
  Text,
  Title,
  Tooltip,
} from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { TemplatesPreview } from '../../../../src/model/api/previews.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { useProjectProviders } from '../../parts/use-project-providers.ts'
import { MoreSettings } from './panel-more-settings.tsx'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'
import { numberIn, type Params, type Template, templatesIn, withTemplates } from './templates-mined-params.ts'
import { MinedValues } from './templates-mined-values.tsx'
import { TemplatesOutcome } from './templates-outcome.tsx'
import { SlotEditor, SlotText } from './templates-slot-text.tsx'
import { problemAt, slotColours, slotsIn } from './templates-slots.ts'

const shownHere = ['templates', 'mine', 'values', 'mergeValues', 'plain', 'results', 'extra', 'text']
const usual = { results: 10, extra: 0, mine: 0 }
const most = { results: 50, extra: 10, mine: 1000 }

export function MinedTemplatesPanel({ project, params, onChange, problems }: PanelProps) {
  const settings = useEndpoint('projectSettings', { params: { project } })
  const templates = templatesIn(params)
  const mine = numberIn(params, 'mine', usual.mine)
  const hasAny = templates.some(({ text }) => text.trim() !== '') || mine > 0
  const preview = usePreview(
    'previewTemplates',
    hasAny
      ? { params: { project }, body: { generator: 'templatic', params: sentParams(params, ['temperature']) } }
      : undefined,
  )
  const mined = (preview.data?.cells ?? []).filter(cell => cell.mined)
  const texts = [...templates.map(({ text }) => text), ...mined.map(({ text = '' }) => text)]
  const slots = slotsIn(texts)
  const colourOf = slotColours(slots)
  const set = (change: Params) => onChange({ ...params, ...change })
  const change = (at: number, next: Partial<Template>) =>
    onChange(withTemplates(params, templates.with(at, { ...templates[at]!, ...next })))
  const isEntities = settings.data?.kind === 'entities'
  return (
    <Stack gap="lg">
      <Stack gap="sm" component="section" aria-label="Templates">
        <Title order={2} size="h5">
          Templates
        </Title>
        <Text size="sm" c="dimmed">
          {isEntities
            ? 'Write {LOC} where an entity of the type LOC is to stand: values come from your records, or from a list of yours.'
            : 'Write {ITEM} where a value is to stand, and give the values below.'}
        </Text>
        {templates.map((template, at) => (
          <TemplateRow
            // biome-ignore lint/suspicious/noArrayIndexKey: templates have no identity but their place
            key={at}
            {...{ project, at, template, colourOf }}
            labels={isEntities ? undefined : (settings.data?.labels ?? [])}
            cell={preview.data?.cells.filter(cell => !cell.mined)[at]}
            error={problemAt(problems, `templates.${at}`)}
            onChange={next => change(at, next)}
            onRemove={() => onChange(withTemplates(params, templates.toSpliced(at, 1)))}
          />
        ))}
        <Group gap="sm" align="flex-end">
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} />}
            onClick={() => onChange(withTemplates(params, [...templates, { text: '', labels: [] }]))}
          >
            Add a template
          </Button>
        </Group>
        <NumberInput
          label="Templates made of your records"
          description={
            isEntities
              ? 'Their sentences, with slots in the place of entities.'
              : 'Their texts, with slots in the place of entities, or else of numbers, dates and amounts.'
          }
          value={mine}
          min={0}
          max={most.mine}
          allowDecimal={false}
          onChange={value => set({ mine: typeof value === 'number' ? value : 0 })}
          maw={420}
        />
        {mined.length > 0 && (
          <MinedTemplates
            project={project}
            cells={mined}
            colourOf={colourOf}
            onTake={template => onChange(withTemplates(params, [...templates, template]))}
          />
        )}
      </Stack>
      <MinedValues
        slots={slots}
        found={preview.data?.slots ?? []}
        params={params}
        onChange={onChange}
        colourOf={colourOf}
        marksEntities={isEntities}
      />
      <HowMany project={project} params={params} set={set} />
      {hasAny && (
        <TemplatesOutcome
          project={project}
          field={typeof params['text'] === 'string' ? params['text'] : 'text'}
          preview={preview}
          blocked={problems.length > 0}
          total={data => totalOf(data, params)}
          colourOf={colourOf}
        />
      )}
      <MoreSettings
        generator="templatic"
        params={params}
        onChange={onChange}
        problems={problems.filter(({ path }) => !path.startsWith('templates'))}
        hidden={shownHere}
      />
    </Stack>
  )
}

interface TemplateRowProps {
  project: string
  at: number
  template: Template
  colourOf: (slot: string) => string
  /** Absent where texts have none. */
  labels: string[] | undefined
  cell: TemplatesPreview['cells'][number] | undefined
  error: string | undefined
  onChange: (template: Partial<Template>) => void
  onRemove: () => void
}

function TemplateRow({ at, template, colourOf, labels, cell, error, onChange, onRemove }: TemplateRowProps) {
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <div style={{ flex: 1, minWidth: 0 }}>
            <SlotEditor
              label={`Template ${at + 1}`}
              value={template.text}
              onChange={text => onChange({ text })}
              colourOf={colourOf}
              error={error}
              placeholder="My {ITEM} arrived {DAMAGE}."
            />
          </div>
          <Tooltip label="Remove">
            <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={`Remove template ${at + 1}`}>
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
        <Group gap="sm" align="flex-end" justify="space-between">
          {labels && (
            <TagsInput
              label={`Labels of template ${at + 1}`}
              size="xs"
              data={labels}
              value={template.labels}
              onChange={next => onChange({ labels: next })}
              placeholder={template.labels.length === 0 ? 'None' : ''}
              style={{ flex: '0 1 20rem' }}
            />
          )}
          {cell && (
            <Text size="xs" c="dimmed">
              {cell.possible.toLocaleString('en')} of {cell.expected.toLocaleString('en')} possible
            </Text>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}

function MinedTemplates(props: {
  project: string
  cells: TemplatesPreview['cells']
  colourOf: (slot: string) => string
  onTake: (template: Template) => void
}) {
  const { project, cells, colourOf, onTake } = props
  const labelColourOf = useLabelColours(project)
  return (
    <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Made of your records">
      {cells.map(({ cell, text = '', possible, expected }) => {
        const label = /^(.*): mined \d+$/s.exec(cell)?.[1]
        return (
          <Group key={cell} component="li" gap="xs" align="flex-start">
            <Text size="sm" className="generated-text" style={{ flex: '1 1 16rem', minWidth: 0 }}>
              <SlotText template={text} colourOf={colourOf} />
            </Text>
            {label !== undefined && <LabelBadge label={label} colour={labelColourOf(label)} />}
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {possible.toLocaleString('en')} of {expected.toLocaleString('en')}
            </Text>
            <Tooltip label="Edit as a template of yours">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Edit “${text}” as a template of yours`}
                onClick={() => onTake({ text, labels: label === undefined ? [] : label.split(', ') })}
              >
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        )
      })}
    </Stack>
  )
}

function HowMany({ project, params, set }: { project: string; params: Params; set: (change: Params) => void }) {
  const { providers, ready } = useProjectProviders(project)
  const lacksProvider = ready && providers.length === 0
  return (
    <Stack gap="md" component="section" aria-label="How many">
      <Title order={2} size="h5">
        How many
      </Title>
      <Range
        label="Results of each template"
        value={numberIn(params, 'results', usual.results)}
        min={1}
        max={most.results}
        marks={[1, 10, 20, 30, 40, 50]}
        onChange={results => set({ results })}
      />
      <Range
        label="Extra templates by a provider, of each"
        description={
          lacksProvider
            ? 'Needs a provider, and this project has none: add one under Teacher.'
            : 'The teacher rewords each template; every rewording gives as many results as the template itself.'
        }
        value={numberIn(params, 'extra', usual.extra)}
        min={0}
        max={most.extra}
        marks={[0, 2, 4, 6, 8, 10]}
        disabled={lacksProvider}
        onChange={extra => set({ extra })}
      />
    </Stack>
  )
}

interface RangeProps {
  label: string
  description?: string
  value: number
  min: number
  max: number
  marks: number[]
  disabled?: boolean
  onChange: (value: number) => void
}

/** A slider, and the same number to be typed. */
function Range({ label, description, value, min, max, marks, disabled = false, onChange }: RangeProps) {
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <Group gap="md" wrap="nowrap" align="flex-start" mt={4}>
        <Slider
          style={{ flex: 1, maxWidth: 480 }}
          mt={10}
          mb="lg"
          {...{ value, min, max, disabled, onChange }}
          marks={marks.map(mark => ({ value: mark, label: mark }))}
          thumbLabel={label}
        />
        <NumberInput
          aria-label={`${label}, as a number`}
          w={80}
          {...{ value, min, max, disabled }}
          allowDecimal={false}
          onChange={next => typeof next === 'number' && next >= min && next <= max && onChange(next)}
        />
      </Group>
    </Input.Wrapper>
  )
}

function totalOf({ cells, expected, possible }: TemplatesPreview, params: Params): string {
  const [results, extra] = [numberIn(params, 'results', usual.results), numberIn(params, 'extra', usual.extra)]
  const templates = `${cells.length.toLocaleString('en')} template${cells.length === 1 ? '' : 's'}`
  const factors = [templates, ...(extra > 0 ? [`(1 + ${extra} extra)`] : []), `${results}`].join(' × ')
  const short = possible < expected ? `; ${possible.toLocaleString('en')} possible` : ''
  return `${expected.toLocaleString('en')} records expected: ${factors}${short}.`
}
