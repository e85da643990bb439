/** Adding a provider in a dialog on whatever page one is: choose the service, fill in, validate, add. */
import { Button, Group, Modal, Paper, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { CheckResult } from './check-result.tsx'
import { emptyDraft, type ProviderDraft, settingsOf } from './provider-draft.ts'
import { ProviderFields } from './provider-fields.tsx'
import { providerServices } from './provider-services.ts'

interface AddProviderProps {
  opened: boolean
  onClose(): void
  /** Projects that may use it. */
  projects: string[]
  onAdded(provider: string): void
}

export function AddProvider({ opened, onClose, projects, onAdded }: AddProviderProps) {
  const [draft, setDraft] = useState<ProviderDraft>()
  const close = () => {
    setDraft(undefined)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Add a provider"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {draft === undefined ? (
        <ServiceChoice onChoose={setDraft} />
      ) : (
        <DraftForm
          draft={draft}
          setDraft={setDraft}
          projects={projects}
          onAdded={name => {
            setDraft(undefined)
            onAdded(name)
          }}
        />
      )}
    </Modal>
  )
}

function ServiceChoice({ onChoose }: { onChoose(draft: ProviderDraft): void }) {
  const detected = useEndpoint('detectProviders', {})
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        A model service that writes or judges texts: a server on this machine, or one elsewhere with a key of yours.
      </Text>
      <Stack gap={6}>
        <Text size="sm" fw={600}>
          On this machine
        </Text>
        {detected.isPending && <Text size="sm">Looking for model servers …</Text>}
        {detected.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            No model server answers here now. Start Ollama, LM Studio, llama.cpp, vLLM or AI Toolkit, and look again.{' '}
            <UnstyledButton fz="sm" c="var(--mantine-color-anchor)" onClick={() => detected.refetch()}>
              Look again
            </UnstyledButton>
          </Text>
        )}
        {detected.data?.map(({ name, endpoint, models }) => (
          <Choice
            key={name}
            title={name}
            text={`${endpoint} · ${models.slice(0, 3).join(', ')}`}
            onClick={() =>
              onChoose({
                ...emptyDraft('openai-compatible', name),
                ...{ endpoint, model: models[0] ?? '', keyFrom: 'none' },
              })
            }
          />
        ))}
      </Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {providerServices.map(({ id, title, text, kind, name, key }) => (
          <Choice
            key={id}
            title={title}
            text={text}
            onClick={() => onChoose({ ...emptyDraft(kind, name), keyFrom: key === 'required' ? 'typed' : 'none' })}
          />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

function Choice({ title, text, onClick }: { title: string; text: string; onClick(): void }) {
  return (
    <UnstyledButton onClick={onClick}>
      <Paper withBorder p="sm" h="100%">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      </Paper>
    </UnstyledButton>
  )
}

interface DraftFormProps {
  draft: ProviderDraft
  setDraft(draft: ProviderDraft | undefined): void
  projects: string[]
  onAdded(provider: string): void
}

function DraftForm({ draft, setDraft, projects, onAdded }: DraftFormProps) {
  const check = useAction('tryProvider')
  const add = useAction('addProvider', {
    changes: ['listProviders', 'showProject', 'listProjects'],
    onDone: ({ provider }) => onAdded(provider.name),
  })
  const settings = settingsOf(draft)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add.mutate({ body: { ...settings, projects } })
      }}
    >
      <Stack gap="md">
        <ProviderFields
          draft={draft}
          onChange={changed => {
            check.reset()
            setDraft(changed)
          }}
          models={check.data?.models ?? []}
          problem={(add.error ?? check.error)?.problem}
        />
        {check.data && <CheckResult check={check.data} />}
        <ProblemNotice error={add.error ?? check.error} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => setDraft(undefined)}>
            Back
          </Button>
          <Group>
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ body: settings })}>
              Validate
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
