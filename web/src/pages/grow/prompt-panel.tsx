/** Generate from a prompt: what texts to write, how freely, and with which labels or entities. */
import { Input, NumberInput, SegmentedControl, SimpleGrid, Slider, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { problemText } from '../../form/field.ts'
import { useProjectLabels } from '../../parts/use-project-labels.ts'
import { NamedLabels } from './named-labels.tsx'
import type { PanelProps } from './panels.ts'

type Marks = 'none' | 'labels' | 'spans'

const usualTemperature = 0.7

export function PromptPanel({ project, params, onChange, problems }: PanelProps) {
  const { kind, labels: known } = useProjectLabels(project)
  const [chosen, setChosen] = useState<Marks>()
  const marks: Marks = isGiven(params['labels']) ? 'labels' : isGiven(params['spans']) ? 'spans' : (chosen ?? 'none')
  const set = (member: string, value: unknown) => {
    const { [member]: _, ...rest } = params
    onChange(value === undefined ? rest : { ...params, [member]: value })
  }
  const problem = (path: string) => problemText({ path, problems })
  const temperature = typeof params['temperature'] === 'number' ? params['temperature'] : usualTemperature
  const choose = (next: Marks) => {
    const { labels: _, spans: __, ...rest } = params
    setChosen(next)
    // A project with a list of its own begins with that.
    if (next === 'none') onChange(rest)
    else onChange({ ...rest, ...(known.length > 0 && { [next]: known }) })
  }
  return (
    <Stack gap="lg">
      <Textarea
        label="Prompt"
        description="What texts do you need? Say who writes them, about what, in what tone, how long."
        placeholder="Messages of customers of an online shop who have not received their parcel. One to three sentences, informal, some of them upset."
        autosize
        minRows={6}
        maxRows={24}
        withAsterisk
        value={textOf(params['prompt'])}
        error={problem('prompt')}
        onChange={event => set('prompt', event.currentTarget.value || undefined)}
      />
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="xl">
        <div>
          <Input.Label component="div">Temperature: {temperature.toFixed(1)}</Input.Label>
          <Input.Description>0.2 is focused, 0.7 diverse</Input.Description>
          <Slider
            mt="xs"
            mb="md"
            min={0}
            max={2}
            step={0.1}
            label={value => value.toFixed(1)}
            thumbLabel="Temperature"
            value={temperature}
            marks={[{ value: 0.2 }, { value: 0.7 }]}
            onChange={value => set('temperature', value === usualTemperature ? undefined : value)}
          />
        </div>
        <NumberInput
          label="Longest text, in words"
          description="Leave it empty for any length"
          placeholder="Any"
          min={1}
          max={5000}
          allowDecimal={false}
          clampBehavior="none"
          value={numberOf(params['maxWords'])}
          error={problem('maxWords')}
          onChange={value => set('maxWords', typeof value === 'number' ? value : undefined)}
        />
        <NumberInput
          label="Texts in one call"
          description="More are quicker, fewer more diverse"
          placeholder="10"
          min={1}
          max={100}
          allowDecimal={false}
          clampBehavior="none"
          value={numberOf(params['texts'])}
          error={problem('texts')}
          onChange={value => set('texts', typeof value === 'number' ? value : undefined)}
        />
      </SimpleGrid>
      <Stack gap="xs">
        <Input.Label component="div" id="marks">
          What comes with the texts
        </Input.Label>
        <SegmentedControl
          aria-labelledby="marks"
          style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
          data={[
            { value: 'none', label: 'Nothing' },
            { value: 'labels', label: 'Labels' },
            { value: 'spans', label: 'Entities' },
          ]}
          value={marks}
          onChange={next => choose(next as Marks)}
        />
        {marks === 'none' && kind === 'classification' && (
          <Text size="sm" c="dimmed">
            The texts come without labels; you can label them afterwards.
          </Text>
        )}
        {marks !== 'none' && (
          <NamedLabels
            noun={marks === 'labels' ? 'Label' : 'Entity type'}
            value={params[marks]}
            onChange={next => set(marks, next)}
            problem={problem(marks)}
          />
        )}
      </Stack>
    </Stack>
  )
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number | '' {
  return typeof value === 'number' ? value : ''
}
