/** A format to write, by what reads it. */
import { Group, Radio, SimpleGrid, Text } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'

type Format = AnswerOf<'listFormats'>[number]

/** What people know a format by. */
const titles: Record<string, string> = {
  jsonl: 'JSON Lines',
  json: 'JSON',
  csv: 'CSV',
  tsv: 'TSV',
  lines: 'Lines of text',
  conll: 'CoNLL',
  'label-studio': 'Label Studio',
  'generative-ai-lab': 'Generative AI Lab',
  doccano: 'Doccano',
  spacy: 'spaCy',
  prodigy: 'Prodigy',
  argilla: 'Argilla',
  'hugging-face': 'Hugging Face',
  fasttext: 'fastText',
  'openai-chat': 'OpenAI chat',
  alpaca: 'Alpaca',
  sharegpt: 'ShareGPT',
}
const order = Object.keys(titles)

interface FormatChoiceProps {
  formats: Format[]
  value: string
  onChange: (kind: string) => void
}

export function FormatChoice({ formats, value, onChange }: FormatChoiceProps) {
  const place = ({ kind }: Format) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  const sorted = formats.toSorted((a, b) => place(a) - place(b))
  const chosen = formats.find(({ kind }) => kind === value)
  return (
    <Radio.Group aria-label="Format" value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="xs">
        {sorted.map(({ kind }) => (
          <Radio.Card key={kind} value={kind} p="xs" withBorder aria-label={titles[kind] ?? kind}>
            <Group gap="xs" wrap="nowrap">
              <Radio.Indicator size="xs" />
              <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {titles[kind] ?? kind}
              </Text>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
      {chosen && (
        <Text size="sm" c="dimmed" mt="xs">
          {chosen.summary}.{chosen.isWhole ? ' Read back, it gives whole records.' : ''}
        </Text>
      )}
    </Radio.Group>
  )
}
