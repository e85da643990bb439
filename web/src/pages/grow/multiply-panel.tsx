/** Multiply examples: texts to be like, texts to be unlike, and what else the teacher should know. */
import { SegmentedControl, Stack, Switch, Text, Textarea, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { MultiplyBoundary } from './multiply-boundary.tsx'
import { useFirstExamples } from './multiply-first-examples.ts'
import { MultiplyMore } from './multiply-more.tsx'
import { foreignTo, inMode, type Mode, modeOf } from './multiply-params.ts'
import { MultiplyWrong } from './multiply-wrong.tsx'
import { MoreSettings } from './panel-more-settings.tsx'
import type { PanelProps } from './panels.ts'

const modes: { value: Mode; label: string; lead: string }[] = [
  {
    value: 'more',
    label: 'More like these',
    lead: 'New texts like the examples you choose, and unlike close texts of other labels.',
  },
  {
    value: 'boundary',
    label: 'Between two labels',
    lead: 'Texts graded from clearly one label to clearly the other: they show a model where the boundary runs.',
  },
  {
    value: 'wrong',
    label: 'What a model got wrong',
    lead: 'Texts similar to a model’s mistakes, and yet different, with their right label.',
  },
]
const parts = { more: MultiplyMore, boundary: MultiplyBoundary, wrong: MultiplyWrong }
const shownHere = [
  'mode',
  'label',
  'examples',
  'unlike',
  'between',
  'steps',
  'predictions',
  'matchStyle',
  'instructions',
]

export function MultiplyPanel(props: PanelProps) {
  const { params, onChange, problems } = props
  const mode = modeOf(params)
  const Part = parts[mode]
  const first = useFirstExamples(props)
  const isNarrow = useMediaQuery('(max-width: 36em)')
  const set = (change: Record<string, unknown>) => onChange({ ...params, ...change })
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <SegmentedControl
          aria-label="What to grow"
          orientation={isNarrow ? 'vertical' : 'horizontal'}
          data={modes.map(({ value, label }) => ({ value, label }))}
          value={mode}
          onChange={value => onChange(inMode(params, value as Mode))}
        />
        <Text size="sm" c="dimmed">
          {modes.find(({ value }) => value === mode)!.lead}
        </Text>
      </Stack>
      <ProblemNotice error={first.error} />
      {first.isPending ? (
        <Text size="sm" role="status">
          Reading the chosen records …
        </Text>
      ) : (
        <Part {...props} />
      )}
      <Stack gap="sm" component="section" aria-label="How to write them">
        <Title order={2} size="h5">
          How to write them
        </Title>
        <Textarea
          label="Instructions"
          description="Anything else the teacher should know, in your own words."
          placeholder="Customers write from different countries and are more or less patient."
          value={typeof params['instructions'] === 'string' ? params['instructions'] : ''}
          onChange={event => set({ instructions: event.currentTarget.value })}
          autosize
          minRows={2}
          maxRows={10}
        />
        <Switch
          label="Match length and style of the examples"
          checked={params['matchStyle'] !== false}
          onChange={event => set({ matchStyle: event.currentTarget.checked })}
        />
        <MoreSettings
          generator="few-shot"
          params={params}
          onChange={onChange}
          problems={problems}
          hidden={[...shownHere, ...foreignTo(mode)]}
        />
      </Stack>
    </Stack>
  )
}
