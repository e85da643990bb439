/** Asks once before a provider goes. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ShownProvider } from '../../../../src/model/api/providers.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

interface RemoveProviderProps {
  listed: ShownProvider
  opened: boolean
  onClose(): void
}

export function RemoveProvider({ listed: { provider, projects }, opened, onClose }: RemoveProviderProps) {
  const remove = useAction('removeProvider', {
    changes: ['listProviders', 'listProjects', 'showProject'],
    onDone: onClose,
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Remove ${provider.name}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          Its settings and its key go.{' '}
          {projects.length > 0 && `${projects.join(', ')} can no longer use it; runs that need it stop. `}
          What it wrote stays, with its cost.
        </Text>
        <ProblemNotice error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { provider: provider.name } })}
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
