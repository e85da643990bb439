/** Changes a provider’s settings: what is emptied goes back to its default, a key that is not typed stays. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import type { ShownProvider } from '../../../../src/model/api/providers.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { draftOf, numberSettings, settingsOf } from '../../parts/provider/provider-draft.ts'
import { ProviderFields } from '../../parts/provider/provider-fields.tsx'

interface EditProviderProps {
  listed: ShownProvider
  opened: boolean
  onClose(): void
}

export function EditProvider({ listed, opened, onClose }: EditProviderProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Change ${listed.provider.name}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <EditForm listed={listed} onClose={onClose} />
    </Modal>
  )
}

const emptied = ['model', 'endpoint', 'terms', 'sha256', ...numberSettings.map(({ name }) => name)] as const

function EditForm({ listed: { provider, key }, onClose }: Pick<EditProviderProps, 'listed' | 'onClose'>) {
  const [draft, setDraft] = useState(() => draftOf(provider, key))
  const update = useAction('updateProvider', { changes: ['listProviders'], onDone: onClose })
  const save = () => {
    const { settings, apiKey } = settingsOf(draft)
    const { name: _, kind: __, ...given } = settings
    const changed = Object.fromEntries(
      Object.entries(given).filter(([member, value]) => provider[member as keyof typeof provider] !== value),
    )
    const unset = emptied.filter(member => provider[member] !== undefined && !(member in given))
    update.mutate({
      params: { provider: provider.name },
      body: { settings: changed, unset, ...(apiKey !== undefined && { apiKey }) },
    })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="md">
        <ProviderFields draft={draft} onChange={setDraft} models={[]} problem={update.error?.problem} stored />
        <ProblemNotice error={update.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Leave as it was
          </Button>
          <Button type="submit" loading={update.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
