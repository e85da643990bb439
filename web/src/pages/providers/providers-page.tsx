/** Providers of the workspace: added, checked, assigned to projects, changed, removed. */
import { Button, SimpleGrid } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { AddProvider } from '../../parts/provider/add-provider.tsx'
import { ProviderCard } from './provider-card.tsx'

export function ProvidersPage() {
  const providers = useEndpoint('listProviders', {})
  const { data: session } = useEndpoint('session', {})
  const { data: projects = [] } = useEndpoint('listProjectNames', {})
  const [adding, { open, close }] = useDisclosure(false)
  const isAdmin = session?.role === 'admin'
  const [only] = projects.length === 1 ? projects : []
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={open} disabled={!isAdmin}>
      Add a provider
    </Button>
  )
  return (
    <Page
      title="Providers"
      lead="Model services that write and judge. Each is for the projects you assign it to; keys are stored encrypted and never shown."
      actions={add}
    >
      <Loaded of={providers}>
        {found =>
          found.length === 0 ? (
            <EmptyState title="There is no provider yet." action={add}>
              {isAdmin
                ? 'Templates, augmentation and the models trained here need none. To have texts written, add a server on this machine (Ollama, LM Studio …), a service elsewhere with your key, or a model file.'
                : 'An admin of this studio adds them.'}
            </EmptyState>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              {found.map(listed => (
                <ProviderCard key={listed.provider.name} listed={listed} projects={projects} isAdmin={isAdmin} />
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
      <AddProvider opened={adding} onClose={close} projects={only ? [only] : []} onAdded={close} />
    </Page>
  )
}
