/** What a project is for, chosen by its picture. */
import { Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { type ProjectPurpose, projectPurposes } from '../../../../src/model/project-purpose.ts'
import { PurposePicture } from './purpose-picture.tsx'

const purposeWords: Record<ProjectPurpose, string> = {
  classification: 'Each text has a label, or several: intents, topics, sentiment.',
  entities: 'Stretches of a text are marked with their type: names, places, drugs.',
  'question-answer': 'A question with its answer, often from a document: assistants, search, fine-tuning.',
  chat: 'Conversations of several turns, to teach an assistant with.',
  records: 'Rows with fields of your own: reviews, orders, forms.',
  text: 'Texts alone, to train on or to start from.',
}

export function PurposeChoice({
  value,
  onChange,
}: {
  value: ProjectPurpose
  onChange: (purpose: ProjectPurpose) => void
}) {
  return (
    <Radio.Group label="What is a record?" value={value} onChange={chosen => onChange(chosen as ProjectPurpose)}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" mt={6}>
        {(Object.keys(projectPurposes) as ProjectPurpose[]).map(purpose => (
          <Radio.Card
            key={purpose}
            value={purpose}
            p="sm"
            withBorder
            aria-label={projectPurposes[purpose].title}
            style={{ display: 'flex', alignItems: 'flex-start' }}
          >
            <Stack gap="xs" w="100%">
              <Group gap="xs" wrap="nowrap">
                <Radio.Indicator />
                <Text size="sm" fw={600}>
                  {projectPurposes[purpose].title}
                </Text>
              </Group>
              <PurposePicture purpose={purpose} />
              <Text size="xs" c="dimmed">
                {purposeWords[purpose]}
              </Text>
            </Stack>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}
