/** Chooses one of the project’s providers; one that is missing is added without leaving the page. */
import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useAction, useEndpoint } from '../api/use-endpoint.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { AddProvider } from './provider/add-provider.tsx'
import { useProjectProviders } from './use-project-providers.ts'

interface ProviderChoiceProps {
  project: string
  /** Name of the provider. */
  value: string | undefined
  onChange(provider: string | undefined): void
  label?: string
  description?: ReactNode
}

/** Where the project has just one provider, that one is chosen. */
export function ProviderChoice({ project, value, onChange, label = 'Provider', description }: ProviderChoiceProps) {
  const { providers, others, ready } = useProjectProviders(project)
  const { data: session } = useEndpoint('session', {})
  const [adding, { open, close }] = useDisclosure(false)
  const assign = useAction('assignProvider', {
    changes: ['listProviders', 'showProject', 'listProjects'],
    onDone: (_, { params }) => onChange(params.provider),
  })
  const only = providers.length === 1 ? providers[0]!.provider.name : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the only one becomes known
  useEffect(() => {
    if (value === undefined && only !== undefined) onChange(only)
  }, [only])
  if (!ready) return <Text size="sm">Looking for providers …</Text>
  const isAdmin = session?.role === 'admin'
  const names = providers.map(({ provider }) => provider.name)
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="xs">
        <Select
          flex="1 1 220px"
          label={label}
          description={description}
          placeholder={names.length === 0 ? 'None yet: add one' : 'Choose a provider'}
          data={providers.map(({ provider: { name, model } }) => ({
            value: name,
            label: model === undefined ? name : `${name} (${model})`,
          }))}
          // One that the project may not use any more is shown all the same, so that a recipe does not change silently.
          value={value ?? null}
          error={value !== undefined && !names.includes(value) ? `This project has no provider “${value}”.` : undefined}
          disabled={names.length === 0}
          onChange={chosen => onChange(chosen ?? undefined)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={open}
          disabled={!isAdmin}
          title={isAdmin ? undefined : 'Only an admin of this studio adds providers.'}
        >
          Add a provider …
        </Button>
      </Group>
      {isAdmin && others.length > 0 && names.length === 0 && (
        <Group gap="xs">
          <Text size="sm">Of this workspace:</Text>
          {others.map(({ provider: { name } }) => (
            <Button
              key={name}
              size="compact-sm"
              variant="light"
              onClick={() => assign.mutate({ params: { provider: name, project } })}
            >
              Use {name}
            </Button>
          ))}
        </Group>
      )}
      <ProblemNotice error={assign.error} />
      <AddProvider
        opened={adding}
        onClose={close}
        projects={[project]}
        onAdded={name => {
          close()
          onChange(name)
        }}
      />
    </Stack>
  )
}
