/** One provider: what it is, whether it works, who may use it. */
import { Badge, Button, Card, Group, MultiSelect, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { ShownProvider } from '../../../../src/model/api/providers.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { CheckResult } from '../../parts/provider/check-result.tsx'
import { serviceOf } from '../../parts/provider/provider-services.ts'
import { EditProvider } from './edit-provider.tsx'
import { RemoveProvider } from './remove-provider.tsx'

interface ProviderCardProps {
  listed: ShownProvider
  /** All there are. */
  projects: string[]
  isAdmin: boolean
}

export function ProviderCard({ listed, projects, isAdmin }: ProviderCardProps) {
  const { provider, key, missing, downloadable } = listed
  const [editing, edit] = useDisclosure(false)
  const [removing, remove] = useDisclosure(false)
  const [job, setJob] = useState<string>()
  const check = useAction('checkProvider')
  const download = useAction('downloadModel', { onDone: ({ id }) => setJob(id) })
  const params = { provider: provider.name }
  const keys = { stored: 'Key stored', environment: `Key in ${provider.apiKeyEnv}`, none: 'No key' }
  return (
    <Card withBorder component="article" aria-label={`Provider ${provider.name}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            {provider.name}
          </Title>
          <Group gap={6}>
            <Badge variant="light" tt="none">
              {serviceOf(provider.kind).title}
            </Badge>
            <Badge variant="default" tt="none">
              {keys[key]}
            </Badge>
          </Group>
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {provider.model ?? 'The first model it lists'}
          {provider.endpoint !== undefined && ` · ${provider.endpoint}`}
        </Text>
        <Text size="sm" c="dimmed">
          {priceText(listed)} · {limitsText(listed)}
        </Text>
        <Assignments listed={listed} projects={projects} isAdmin={isAdmin} />
        {missing !== null && job === undefined && (
          <Group gap="xs">
            <Text size="sm">{missing}</Text>
            {downloadable && isAdmin && (
              <Button size="compact-sm" loading={download.isPending} onClick={() => download.mutate({ params })}>
                Download it
              </Button>
            )}
          </Group>
        )}
        {job !== undefined && <JobProgress job={job} onEnd={() => check.mutate({ params })} />}
        {check.data && <CheckResult check={check.data} />}
        <ProblemNotice error={check.error ?? download.error} />
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate({ params })}
            aria-label={`Validate ${provider.name}`}
          >
            Validate
          </Button>
          {isAdmin && (
            <>
              <Button size="xs" variant="default" onClick={edit.open} aria-label={`Change ${provider.name}`}>
                Change
              </Button>
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={remove.open}
                aria-label={`Remove ${provider.name}`}
              >
                Remove
              </Button>
            </>
          )}
        </Group>
      </Stack>
      <EditProvider listed={listed} opened={editing} onClose={edit.close} />
      <RemoveProvider listed={listed} opened={removing} onClose={remove.close} />
    </Card>
  )
}

function Assignments({ listed: { provider, projects: assigned }, projects, isAdmin }: ProviderCardProps) {
  const changes = ['listProviders', 'listProjects', 'showProject'] as const
  const assign = useAction('assignProvider', { changes: [...changes] })
  const unassign = useAction('unassignProvider', { changes: [...changes] })
  return (
    <>
      <MultiSelect
        label="Projects that may use it"
        placeholder={assigned.length === 0 ? 'None yet' : undefined}
        data={projects}
        value={assigned}
        searchable
        disabled={!isAdmin}
        onChange={chosen => {
          for (const project of chosen.filter(name => !assigned.includes(name)))
            assign.mutate({ params: { provider: provider.name, project } })
          for (const project of assigned.filter(name => !chosen.includes(name)))
            unassign.mutate({ params: { provider: provider.name, project } })
        }}
      />
      <ProblemNotice error={assign.error ?? unassign.error} />
    </>
  )
}

function priceText({ provider }: ShownProvider): string {
  const { inputUsdPerMillion: input, outputUsdPerMillion: output } = provider
  if (input === undefined && output === undefined) return 'No prices: budgets count calls and tokens'
  return `$${input ?? 0} in, $${output ?? 0} out a million tokens`
}

function limitsText({ provider: { concurrency, rpm, tpm } }: ShownProvider): string {
  return [
    `${concurrency.toLocaleString('en')} calls at once`,
    ...(rpm === undefined ? [] : [`${rpm.toLocaleString('en')} requests a minute`]),
    ...(tpm === undefined ? [] : [`${tpm.toLocaleString('en')} tokens a minute`]),
  ].join(', ')
}
