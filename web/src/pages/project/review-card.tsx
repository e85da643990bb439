/** What people decided on the records, and how they are split. */
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { type Share, ShareBar } from './share-bar.tsx'

export function ReviewCard({ summary: { project, records, statuses, splits } }: { summary: ProjectSummary }) {
  const decisions: Share[] = [
    { name: 'accepted', count: statuses.accepted, colour: 'var(--mantine-color-green-7)' },
    { name: 'rejected', count: statuses.rejected, colour: 'var(--mantine-color-red-6)' },
    { name: 'pending', count: statuses.pending, colour: 'var(--mantine-color-gray-5)' },
  ]
  const parts: Share[] = [
    { name: 'train', count: splits['train'] ?? 0, colour: 'var(--mantine-color-blue-6)' },
    { name: 'validation', count: splits['validation'] ?? 0, colour: 'var(--mantine-color-violet-5)' },
    { name: 'test', count: splits['test'] ?? 0, colour: 'var(--mantine-color-orange-6)' },
  ]
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="records">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="records">
            Records
          </Title>
          <Anchor component={Link} to={`/p/${project.name}/records`} size="sm">
            {records.toLocaleString('en')} in all
          </Anchor>
        </Group>
        <Named label="Decisions" shares={decisions} />
        <Named label="Splits" shares={parts} />
      </Stack>
    </Paper>
  )
}

function Named({ label, shares }: { label: string; shares: Share[] }) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <ShareBar label={label} shares={shares} />
      <Group gap="md">
        {shares.map(({ name, count, colour }) => (
          <Group key={name} gap={6} wrap="nowrap">
            <span aria-hidden style={{ width: 10, height: 10, borderRadius: 5, background: colour }} />
            <Text size="xs">
              {name} {count.toLocaleString('en')}
            </Text>
          </Group>
        ))}
      </Group>
    </Stack>
  )
}
