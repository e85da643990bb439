/** What can be grown, by what one has. */
import { Alert, Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFileCode, IconPlus } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import type { GeneratorInfo } from '../../../../src/model/api/grow.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { AddProvider } from '../../parts/provider/add-provider.tsx'
import { ProviderChoice } from '../../parts/provider-choice.tsx'
import { useProjectProviders } from '../../parts/use-project-providers.ts'
import styles from './grow-page.module.css'
import { growthGroups, growthOf } from './growths.ts'

export function GrowPage() {
  const { project } = useParams({ from: '/shell/p/$project/grow' })
  const generators = useEndpoint('listGenerators', {})
  const { providers, ready } = useProjectProviders(project)
  const [adding, { open, close }] = useDisclosure(false)
  const isMissing = ready && providers.length === 0
  return (
    <Page
      title="Grow"
      lead="New records from what you have. You see what it would cost before anything is sent, and decide on each record afterwards."
      actions={
        <Button
          component={Link}
          to={`/p/${project}/grow/recipe`}
          variant="default"
          leftSection={<IconFileCode size={16} />}
        >
          Write or open a recipe
        </Button>
      }
    >
      <Loaded of={generators}>
        {all => (
          <Stack gap="xl">
            {isMissing && <NoProvider project={project} />}
            {groupsOf(all).map(({ title, kinds }) => (
              <Stack gap="sm" key={title} component="section" aria-label={title}>
                <Title order={2} size="h5">
                  {title}
                </Title>
                <SimpleGrid cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} spacing="md">
                  {kinds.map(generator => (
                    <GrowthCard
                      key={generator.kind}
                      project={project}
                      generator={generator}
                      isMissing={isMissing && generator.needsModel}
                      onAddProvider={open}
                    />
                  ))}
                </SimpleGrid>
              </Stack>
            ))}
          </Stack>
        )}
      </Loaded>
      <AddProvider opened={adding} onClose={close} projects={[project]} onAdded={close} />
    </Page>
  )
}

function NoProvider({ project }: { project: string }) {
  return (
    <Alert title="This project has no provider yet">
      <Stack gap="sm" maw={640}>
        <Text size="sm">
          Most of what can be grown is written by a model: one on this machine, or a service. Add one here, or begin
          with what needs none.
        </Text>
        <ProviderChoice project={project} value={undefined} onChange={() => undefined} />
      </Stack>
    </Alert>
  )
}

interface GrowthCardProps {
  project: string
  generator: GeneratorInfo
  /** Whether it needs a provider and the project has none. */
  isMissing: boolean
  onAddProvider: () => void
}

function GrowthCard({ project, generator, isMissing, onAddProvider }: GrowthCardProps) {
  const { kind, summary, usesModel, needsModel } = generator
  const { title, lead } = growthOf(kind) ?? { title: kind, lead: summary }
  const { data: session } = useEndpoint('session', {})
  const mayAdd = session?.role === 'admin'
  return (
    <Card withBorder padding="md" className={isMissing ? undefined : styles.card}>
      <Stack gap="xs" h="100%">
        <Title order={3} size="h6">
          {isMissing ? (
            <Text inherit c="dimmed" aria-disabled="true">
              {title}
            </Text>
          ) : (
            <Anchor component={Link} to={`/p/${project}/grow/${kind}`} inherit c="inherit" className={styles.link}>
              {title}
            </Anchor>
          )}
        </Title>
        <Text size="sm" c="dimmed" flex={1}>
          {lead}
        </Text>
        {!isMissing && (
          <Group>
            <Badge variant="default" size="sm" tt="none">
              {needsModel ? 'asks a provider' : usesModel ? 'a provider if you like' : 'needs no provider'}
            </Badge>
          </Group>
        )}
        {isMissing && (
          <Group gap="xs">
            <Text size="sm">Needs a provider, and there is none.</Text>
            {mayAdd && (
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<IconPlus size={14} />}
                aria-label={`Add a provider for ${title} …`}
                onClick={onAddProvider}
              >
                Add a provider …
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  )
}

/** The groups with the generators there are; those of plug-ins under “More”. */
function groupsOf(all: GeneratorInfo[]): { title: string; kinds: GeneratorInfo[] }[] {
  const groups = growthGroups.map(({ title, growths }) => ({
    title,
    kinds: growths.flatMap(({ kind }) => all.find(generator => generator.kind === kind) ?? []),
  }))
  const others = all.filter(({ kind }) => growthOf(kind) === undefined)
  return [...groups, { title: 'More', kinds: others }].filter(({ kinds }) => kinds.length > 0)
}
