/** The end of a project: what goes, what stays, and its name typed so that it is meant. */
import { Button, Group, List, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { SettingGroup } from './setting-group.tsx'

export function RemoveProject({ summary }: { summary: ProjectSummary }) {
  const { project, records, documents } = summary
  const [opened, { open, close }] = useDisclosure(false)
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const remove = useAction('removeProject', {
    changes: ['listProjects', 'listProjectNames'],
    onDone: () => navigate({ to: '/' }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === project.name) remove.mutate({ params: { project: project.name } })
  }
  return (
    <SettingGroup title="Remove the project" lead="Take an export first if you may want its records again.">
      <Group>
        <Button variant="default" onClick={open}>
          Remove {project.name} …
        </Button>
      </Group>
      <Modal
        opened={opened}
        onClose={close}
        title={`Remove ${project.name}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            <List size="sm">
              <List.Item>
                Gone for good: {records.toLocaleString('en')} {records === 1 ? 'record' : 'records'} with their
                decisions, {documents.toLocaleString('en')} {documents === 1 ? 'document' : 'documents'}, and all runs.
              </List.Item>
              <List.Item>What stays: providers, and the replies of models, which were paid for.</List.Item>
              <List.Item>Files that were exported are yours and stay where they are.</List.Item>
            </List>
            <TextInput
              label={
                <>
                  Type <b>{project.name}</b> to remove it
                </>
              }
              autoComplete="off"
              data-autofocus
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <ProblemNotice error={remove.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Keep it
              </Button>
              <Button type="submit" color="red" disabled={typed !== project.name} loading={remove.isPending}>
                Remove it
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </SettingGroup>
  )
}
