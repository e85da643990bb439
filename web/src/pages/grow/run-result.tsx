/** One grown record under review: its text, labels and tags, and what can be done with it. */
import { Badge, Box, Button, Group, Paper, Stack, TagsInput, Text } from '@mantine/core'
import { IconEdit, IconTag, IconThumbDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { memo, useState } from 'react'
import type { ShownRecord } from '../../../../src/model/api/record-shapes.ts'
import type { Decision } from '../../../../src/model/decision.ts'
import { refresh, useAction } from '../../api/use-endpoint.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { decisionsOf } from '../../parts/record-changes.ts'
import { RecordEditor } from '../../parts/record-editor.tsx'
import { RecordText } from '../../parts/record-text.tsx'

interface RunResultProps {
  record: ShownRecord
  number: number
  project: string
  colours: (label: string) => string
}

export const RunResult = memo(function RunResult({ record, number, project, colours }: RunResultProps) {
  const [doing, setDoing] = useState<'edit' | 'tag'>()
  const client = useQueryClient()
  const decide = useAction('decide', {
    changes: ['listRecords', 'countRecords', 'recordFacets', 'showProject'],
  })
  const { id, labels, tags, status, version } = record
  const disliked = status === 'rejected'
  const store = (decisions: Decision[], then?: () => void) => {
    if (decisions.length === 0) return then?.()
    decide.mutate(
      { params: { project }, body: { decisions, seen: { [id]: version } } },
      // Somebody else may have changed it: what it is now is read.
      { onSuccess: then, onError: () => void refresh(client, ['listRecords']) },
    )
  }
  const retag = (next: string[]) =>
    store([
      ...next.filter(tag => !tags.includes(tag)).map(tag => ({ kind: 'tag' as const, record: id, tag })),
      ...tags.filter(tag => !next.includes(tag)).map(tag => ({ kind: 'untag' as const, record: id, tag })),
    ])
  const toggle = (what: 'edit' | 'tag') => setDoing(doing === what ? undefined : what)
  return (
    <Paper
      withBorder
      p="sm"
      component="article"
      aria-label={`Result ${number}`}
      style={disliked ? { borderInlineStart: '3px solid var(--mantine-color-red-6)' } : undefined}
    >
      <Group align="flex-start" gap="md" justify="space-between">
        <Box flex="1 1 20rem" miw={0}>
          {doing === 'edit' ? (
            <RecordEditor
              record={record}
              project={project}
              onSave={changes => store(decisionsOf(id, changes), () => setDoing(undefined))}
              onCancel={() => setDoing(undefined)}
            />
          ) : (
            <Stack gap={6}>
              <RecordText record={record} colours={colours} />
              <Group gap={6}>
                {labels.map(label => (
                  <LabelBadge key={label} label={label} colour={colours(label)} />
                ))}
                {tags.map(tag => (
                  <Badge key={tag} variant="default" size="sm" tt="none">
                    {tag}
                  </Badge>
                ))}
                {disliked && (
                  <Text size="xs" fw={600}>
                    Disliked
                  </Text>
                )}
                {status === 'accepted' && (
                  <Text size="xs" c="dimmed">
                    Imported
                  </Text>
                )}
              </Group>
            </Stack>
          )}
          {doing === 'tag' && (
            <TagsInput
              mt="xs"
              label="Tags"
              description="Type one and press Enter"
              value={tags}
              onChange={retag}
              data-autofocus
              autoFocus
              maw={420}
            />
          )}
          <ProblemNotice error={decide.error} />
        </Box>
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-sm"
            variant={doing === 'edit' ? 'light' : 'subtle'}
            color="gray"
            leftSection={<IconEdit size={14} />}
            aria-label={`Edit result ${number}`}
            aria-expanded={doing === 'edit'}
            onClick={() => toggle('edit')}
          >
            Edit
          </Button>
          <Button
            size="compact-sm"
            variant={doing === 'tag' ? 'light' : 'subtle'}
            color="gray"
            leftSection={<IconTag size={14} />}
            aria-label={`Tag result ${number}`}
            aria-expanded={doing === 'tag'}
            onClick={() => toggle('tag')}
          >
            Tag
          </Button>
          <Button
            size="compact-sm"
            variant={disliked ? 'light' : 'subtle'}
            color={disliked ? 'red' : 'gray'}
            leftSection={<IconThumbDown size={14} />}
            aria-label={`Dislike result ${number}`}
            aria-pressed={disliked}
            onClick={() => store([{ kind: disliked ? 'reset' : 'reject', record: id }])}
          >
            Dislike
          </Button>
        </Group>
      </Group>
    </Paper>
  )
})
