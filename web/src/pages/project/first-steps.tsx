/** Ways to begin with a project that holds nothing yet. */
import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconFileText, IconForms, IconMessage2, IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { purposeOf } from '../../../../src/model/project-purpose.ts'

interface Way {
  icon: ReactNode
  title: string
  text: string
  to: string
  action: string
}

export function FirstSteps({ summary: { project } }: { summary: ProjectSummary }) {
  const base = `/p/${project.name}`
  const bring: Way = {
    icon: <IconUpload size={22} />,
    title: 'You have some examples',
    text: 'Drop a file anywhere on this page: a table, JSON, CoNLL, an export of an annotation tool.',
    to: `${base}/import`,
    action: 'Import a file',
  }
  const describe: Way = {
    icon: <IconMessage2 size={22} />,
    title: 'You have nothing yet',
    text: 'Say in a sentence what the texts are about; a model writes the first ones.',
    to: `${base}/grow/prompt`,
    action: 'Describe what you need',
  }
  const documents: Way = {
    icon: <IconFileText size={22} />,
    title: 'You have documents',
    text: 'Manuals, papers, pages: questions with answers are made from them, each with its passage.',
    to: `${base}/documents`,
    action: 'Add documents',
  }
  const fields: Way = {
    icon: <IconForms size={22} />,
    title: 'You know the fields',
    text: 'Name them and what they may hold; whole records are written.',
    to: `${base}/grow/records`,
    action: 'Design the fields',
  }
  const purpose = purposeOf(project)
  const ways =
    project.kind !== 'records'
      ? [bring, describe]
      : purpose === 'question-answer'
        ? [documents, bring, fields]
        : [bring, fields, documents]
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: ways.length }}>
      {ways.map(({ icon, title, text, to, action }) => (
        <Card key={title} withBorder padding="lg" component="section">
          <Stack gap="sm" h="100%">
            <Group gap="xs" wrap="nowrap">
              {icon}
              <Title order={2} size="h5">
                {title}
              </Title>
            </Group>
            <Text size="sm" c="dimmed" flex={1}>
              {text}
            </Text>
            <Button component={Link} to={to} variant="light" style={{ alignSelf: 'flex-start' }}>
              {action}
            </Button>
          </Stack>
        </Card>
      ))}
    </SimpleGrid>
  )
}
