/** The way from nothing to an exported dataset, how far one is on it, and the next step. */
import { Anchor, Box, Button, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { refresh, useEndpoint } from '../../api/use-endpoint.ts'
import styles from './next-steps.module.css'

const AddProvider = lazy(async () => ({ default: (await import('../../parts/provider/add-provider.tsx')).AddProvider }))

interface Step {
  name: string
  /** What was done of it, or what it is for. */
  note: string
  done: boolean
  to: string
  /** What its button says where it is the next one. */
  action: string
}

export function NextSteps({ summary }: { summary: ProjectSummary }) {
  const steps = stepsOf(summary)
  const next = steps.find(({ done }) => !done)
  const [adding, { open, close }] = useDisclosure(false)
  const client = useQueryClient()
  const isAdmin = useEndpoint('session', {}).data?.role === 'admin'
  const added = () => {
    close()
    refresh(client, ['showProject', 'listProjects', 'listProviders'])
  }
  return (
    <Paper withBorder p="md" component="section" aria-label="What to do next">
      <Stack gap="md">
        {next && (
          <Group justify="space-between" gap="sm">
            <Box miw={0}>
              <Title order={2} size="h4">
                Next: {next.name.toLowerCase()}
              </Title>
              <Text size="sm" c="dimmed">
                {next.note}
              </Text>
            </Box>
            {next.name === 'Choose a provider' && isAdmin ? (
              <Button onClick={open} rightSection={<IconArrowRight size={16} />}>
                {next.action}
              </Button>
            ) : (
              <Button component={Link} to={next.to} rightSection={<IconArrowRight size={16} />}>
                {next.action}
              </Button>
            )}
          </Group>
        )}
        <ol className={styles.steps}>
          {steps.map(step => (
            <li key={step.name} className={styles.step} aria-current={step === next ? 'step' : undefined}>
              <ThemeIcon
                size={26}
                radius="xl"
                variant={step.done ? 'filled' : step === next ? 'outline' : 'default'}
                aria-hidden
              >
                {step.done ? <IconCheck size={16} /> : <Text size="xs">{steps.indexOf(step) + 1}</Text>}
              </ThemeIcon>
              <Box miw={0}>
                <Anchor component={Link} to={step.to} size="sm" fw={step === next ? 600 : 500}>
                  {step.name}
                </Anchor>
                <Text size="xs" c="dimmed" lineClamp={3}>
                  {step.done ? 'Done: ' : ''}
                  {step.note}
                </Text>
              </Box>
            </li>
          ))}
        </ol>
        <Suspense>
          {adding && <AddProvider opened onClose={close} projects={[summary.project.name]} onAdded={added} />}
        </Suspense>
      </Stack>
    </Paper>
  )
}

function stepsOf({ project, records, outcomes, statuses, providers, documents }: ProjectSummary): Step[] {
  const base = `/p/${project.name}`
  const grown = outcomes['kept'] ?? 0
  const decided = statuses.accepted + statuses.rejected
  const some = (count: number, noun: string) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
  const brought = [
    ...(records - grown > 0 ? [some(records - grown, 'record')] : []),
    ...(documents > 0 ? [some(documents, 'document')] : []),
  ]
  return [
    {
      name: 'Bring examples',
      note: brought.join(', ') || (grown > 0 ? 'none were needed' : 'A few are enough; a description can do, too.'),
      done: brought.length > 0 || grown > 0,
      to: `${base}/import`,
      action: 'Import a file',
    },
    {
      name: 'Choose a provider',
      note:
        providers.join(', ') ||
        (grown > 0 ? 'none was needed' : 'The model that writes: on this machine, or by a key.'),
      done: providers.length > 0 || grown > 0,
      to: '/providers',
      action: 'Add a provider',
    },
    {
      name: 'Grow',
      note: grown > 0 ? `${some(grown, 'record')} kept` : 'Ten first, then as many as you need.',
      done: grown > 0,
      to: `${base}/grow`,
      action: 'Grow records',
    },
    {
      name: 'Review',
      note:
        records === 0
          ? 'Accept, change or reject; by keyboard it takes seconds.'
          : `${decided.toLocaleString('en')} of ${some(records, 'record')} decided`,
      done: records > 0 && statuses.pending === 0,
      to: `${base}/records`,
      action: 'Review records',
    },
    {
      name: 'Export',
      note: 'In the format of whatever trains or annotates with it.',
      done: false,
      to: `${base}/export`,
      action: 'Export the dataset',
    },
  ]
}
