/** The runs and models of a project that are newest. */
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { timeAgo } from '../projects/time-ago.ts'

const shown = 4

const stateWords = {
  running: 'growing',
  done: 'done',
  short: 'short of its target',
  budget: 'budget reached',
  'provider-failed': 'provider failed',
  cancelled: 'stopped',
  failed: 'failed',
} as const

export function RecentRuns({ project }: { project: string }) {
  const runs = useEndpoint('listRuns', { params: { project } })
  return (
    <Recent title="Runs" to={`/p/${project}/runs`} count={runs.data?.length ?? 0}>
      <Loaded of={runs}>
        {found =>
          found.length === 0 ? (
            <Nothing>Nothing was grown yet.</Nothing>
          ) : (
            found.slice(0, shown).map(({ id, generator, state, kept, target, updatedMs }) => (
              <Group key={id} justify="space-between" gap="xs" wrap="nowrap">
                <Stack gap={0} miw={0}>
                  <Anchor component={Link} to={`/p/${project}/runs/${id}`} size="sm" truncate>
                    {generator}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {kept.toLocaleString('en')} of {target.toLocaleString('en')} · {timeAgo(updatedMs)}
                  </Text>
                </Stack>
                <Badge variant="default" tt="none" fw={500} style={{ flex: 'none' }}>
                  {stateWords[state]}
                </Badge>
              </Group>
            ))
          )
        }
      </Loaded>
    </Recent>
  )
}

export function RecentModels({ project }: { project: string }) {
  const models = useEndpoint('listModels', { params: { project } })
  return (
    <Recent title="Models" to={`/p/${project}/models`} count={models.data?.length ?? 0}>
      <Loaded of={models}>
        {found =>
          found.length === 0 ? (
            <Nothing>Nothing was trained on it yet.</Nothing>
          ) : (
            found.slice(0, shown).map(({ id, figures, createdMs }) => (
              <Group key={id} justify="space-between" gap="xs" wrap="nowrap">
                <Anchor component={Link} to={`/p/${project}/models/${id}`} size="sm" truncate>
                  {id}
                </Anchor>
                <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                  {figures ? `macro F1 ${figures.macroF1.value.toFixed(2)}` : 'not tested'} · {timeAgo(createdMs)}
                </Text>
              </Group>
            ))
          )
        }
      </Loaded>
    </Recent>
  )
}

function Recent({ title, to, count, children }: { title: string; to: string; count: number; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {title}
          </Title>
          {count > shown && (
            <Anchor component={Link} to={to} size="sm">
              All {count.toLocaleString('en')}
            </Anchor>
          )}
        </Group>
        {children}
      </Stack>
    </Paper>
  )
}

function Nothing({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}
