/** One project of the workspace: what it is, how much it holds, when it was changed last. */
import { Anchor, Badge, Card, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { labelColour } from '../../../../src/model/label-colours.ts'
import { projectPurposes, purposeOf } from '../../../../src/model/project-purpose.ts'
import { ShareBar } from '../project/share-bar.tsx'
import { timeAgo } from './time-ago.ts'

export function ProjectCard({ summary }: { summary: ProjectSummary }) {
  const { project, records, labels, statuses, documents, lastMs } = summary
  const shares = Object.entries(labels)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => ({ name, count, colour: labelColour(name, project) }))
  const facts = [
    `${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'}`,
    ...(project.labels.length > 0 ? [`${project.labels.length} labels`] : []),
    ...(documents > 0 ? [`${documents.toLocaleString('en')} ${documents === 1 ? 'document' : 'documents'}`] : []),
  ]
  return (
    <Card withBorder component="article" h="100%">
      <Stack gap="xs" h="100%">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Text component="h2" fw={600} lh={1.3} m={0} style={{ overflowWrap: 'anywhere' }}>
            <Anchor component={Link} to={`/p/${project.name}`} inherit>
              {project.name}
            </Anchor>
          </Text>
          <Badge variant="default" tt="none" fw={500} style={{ flex: 'none' }}>
            {projectPurposes[purposeOf(project)].title}
          </Badge>
        </Group>
        {project.instructions && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {project.instructions}
          </Text>
        )}
        <Stack gap={6} mt="auto">
          {shares.some(({ count }) => count > 0) && <ShareBar label="Labels" shares={shares} />}
          <Group justify="space-between" gap="xs">
            <Text size="sm">{facts.join(' · ')}</Text>
            <Text size="xs" c="dimmed">
              {timeAgo(lastMs)}
            </Text>
          </Group>
          {statuses.pending > 0 && (
            <Text size="xs" c="dimmed">
              {statuses.pending.toLocaleString('en')} to review
            </Text>
          )}
        </Stack>
      </Stack>
    </Card>
  )
}
