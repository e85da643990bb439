/** A text and what the model says of it: labels with probabilities, or entities marked. */
import { Button, Group, Progress, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ShownModel } from '../../../../src/model/api/models.ts'
import type { AnswerOf } from '../../api/call.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RecordText } from '../../parts/record-text.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'

const mostLabels = 6

export function TryText({ project, model }: { project: string; model: ShownModel }) {
  const [text, setText] = useState('')
  const predict = useAction('predictTexts')
  const ask = () => {
    if (text.trim() !== '') predict.mutate({ params: { model: model.id }, body: { texts: [text] } })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        ask()
      }}
    >
      <Stack gap="sm">
        <Textarea
          label="Text"
          placeholder={model.task === 'entities' ? 'Write or paste a text …' : 'Where is my order?'}
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            ask()
          }}
        />
        <Group gap="sm">
          <Button type="submit" loading={predict.isPending} disabled={text.trim() === ''}>
            Ask the model
          </Button>
          <Text size="xs" c="dimmed">
            or Ctrl+Enter
          </Text>
        </Group>
        <ProblemNotice error={predict.error} />
        <div aria-live="polite">
          {predict.data?.[0] && <Answer project={project} model={model} answer={predict.data[0]} />}
        </div>
      </Stack>
    </form>
  )
}

function Answer({
  project,
  model,
  answer,
}: {
  project: string
  model: ShownModel
  answer: AnswerOf<'predictTexts'>[number]
}) {
  const colours = useLabelColours(project)
  const { text, labels, scores, entities } = answer
  if (model.task === 'entities') {
    const spans = entities.map(({ start, end, label }) => ({ field: 'text', start, end, label }))
    return (
      <Stack gap="xs">
        <RecordText record={{ fields: { text }, labels: [], spans }} colours={colours} />
        <Text size="sm" c="dimmed">
          {entities.length === 0
            ? 'It finds nothing in this text.'
            : entities
                .map(({ start, end, label, score }) => {
                  const sure = score === null ? '' : ` ${Math.round(100 * score)} %`
                  return `${label} “${text.slice(start, end)}”${sure}`
                })
                .join(', ')}
        </Text>
      </Stack>
    )
  }
  return (
    <Stack gap="xs">
      {labels.length === 0 && <Text size="sm">It gives this text no label: none is likelier than not.</Text>}
      <ul aria-label="What the model says" style={{ listStyle: 'none', margin: 0, padding: 0, maxWidth: 640 }}>
        {scores.slice(0, mostLabels).map(({ label, score }) => (
          <li key={label} style={{ paddingBlock: 4 }}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Group gap="xs" wrap="nowrap" miw={0}>
                <LabelBadge label={label} colour={colours(label)} />
                {labels.includes(label) && (
                  <Text size="xs" fw={600}>
                    answer
                  </Text>
                )}
              </Group>
              <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {(100 * score).toFixed(1)} %
              </Text>
            </Group>
            <Progress value={100 * score} size="sm" mt={2} aria-label={`Probability of ${label}`} />
          </li>
        ))}
      </ul>
      {scores.length > mostLabels && (
        <Text size="xs" c="dimmed">
          … and {scores.length - mostLabels} less likely ones
        </Text>
      )}
    </Stack>
  )
}
