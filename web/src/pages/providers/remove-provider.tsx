/** Asks once before a provider goes. */
import type { ShownProvider } from '../../../../src/model/api/providers.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ConfirmRemoval } from '../../parts/confirm-removal.tsx'

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
    <ConfirmRemoval
      title={`Remove ${provider.name}?`}
      opened={opened}
      onClose={onClose}
      removal={remove}
      onRemove={() => remove.mutate({ params: { provider: provider.name } })}
    >
      Its settings and its key go.{' '}
      {projects.length > 0 && `${projects.join(', ')} can no longer use it; runs that need it stop. `}
      What it wrote stays, with its cost.
    </ConfirmRemoval>
  )
}
