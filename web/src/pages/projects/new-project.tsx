/** A new project: its name, what it is for, its labels. */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type ProjectPurpose, projectPurposes } from '../../../../src/model/project-purpose.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { type LabelList, LabelsEditor, withTyped } from '../project/labels-editor.tsx'
import { nameFault, projectSlug } from './project-slug.ts'
import { PurposeChoice } from './purpose-choice.tsx'

interface NewProjectProps {
  opened: boolean
  onClose: () => void
  /** Names that are in use. */
  taken: string[]
}

export function NewProject({ opened, onClose, taken }: NewProjectProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New project" size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <NewProjectForm onClose={onClose} taken={taken} />
    </Modal>
  )
}

function NewProjectForm({ onClose, taken }: Omit<NewProjectProps, 'opened'>) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState<ProjectPurpose>('classification')
  const [list, setList] = useState<LabelList>({ labels: [], colours: {} })
  const [typed, setTyped] = useState('')
  const [instructions, setInstructions] = useState('')
  const create = useAction('createProject', {
    changes: ['listProjects', 'listProjectNames'],
    onDone: made => navigate({ to: '/p/$project', params: { project: made.name } }),
  })
  const { kind, fields } = projectPurposes[purpose]
  const hasLabels = kind === 'classification' || kind === 'entities'
  const fault = name === '' ? undefined : nameFault(name, taken)
  const slug = projectSlug(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name === '' || fault !== undefined) return
    create.mutate({
      body: {
        ...{ name, kind, instructions: instructions.trim() },
        ...(hasLabels && { labels: withTyped(list, typed).labels }),
        ...(hasLabels && Object.keys(list.colours).length > 0 && { colours: list.colours }),
        ...(fields.length > 0 && { fields: [...fields] }),
      },
    })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          label="Name"
          description="Short; it is part of addresses and file names."
          placeholder="support-tickets"
          data-autofocus
          required
          withAsterisk={false}
          autoComplete="off"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={
            fault && (
              <>
                {fault}{' '}
                {slug !== '' && slug !== name && !taken.includes(slug) && (
                  <Button size="compact-xs" variant="default" onClick={() => setName(slug)}>
                    Use “{slug}”
                  </Button>
                )}
              </>
            )
          }
        />
        <PurposeChoice value={purpose} onChange={setPurpose} />
        {hasLabels ? (
          <div>
            <Text fw={600} size="sm">
              {kind === 'entities' ? 'Entity types' : 'Labels'}
            </Text>
            <Text size="xs" c="dimmed" mb="xs">
              You may leave them out: an import can bring them, and they can be changed later.
            </Text>
            <LabelsEditor
              value={list}
              onChange={setList}
              typed={typed}
              onTyped={setTyped}
              noun={kind === 'entities' ? 'entity type' : 'label'}
            />
          </div>
        ) : (
          fields.length > 0 && (
            <Text size="sm" c="dimmed">
              Its records have the fields {fields.join(', ')}; others can be added.
            </Text>
          )
        )}
        <Textarea
          label="What is it for?"
          description="A sentence or two; a model that grows records reads it."
          placeholder="Questions that customers of a kitchen shop ask by e-mail."
          autosize
          minRows={2}
          maxRows={8}
          value={instructions}
          onChange={({ currentTarget }) => setInstructions(currentTarget.value)}
        />
        <ProblemNotice error={create.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name === '' || fault !== undefined}>
            Make the project
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
