/** A group of settings, with its heading and its own button to save. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

interface SettingGroupProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  /** Absent where there is nothing to save. */
  save?: { changed: boolean; saving: boolean; saved: boolean; error: unknown; onSave: () => void }
}

export function SettingGroup({ title, lead, children, save }: SettingGroupProps) {
  const content = (
    <Stack gap="md">
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed" maw={760}>
            {lead}
          </Text>
        )}
      </div>
      {children}
      {save && (
        <>
          <ProblemNotice error={save.error} />
          <Group>
            <Button type="submit" loading={save.saving} disabled={!save.changed}>
              Save
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {save.changed ? 'Not saved yet.' : save.saved ? 'Saved.' : ''}
            </Text>
          </Group>
        </>
      )}
    </Stack>
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save?.onSave()
  }
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      {save ? <form onSubmit={submit}>{content}</form> : content}
    </Paper>
  )
}
