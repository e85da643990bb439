/** The simulations there are: built in, and of one's own where the server was started with them. */
import { Anchor, Card, SimpleGrid, Stack, Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { builtInSimulations } from '../../../../src/simulations/built-in.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { ResultsList } from '../tables/results-list.tsx'
import { simulationAddress } from './simulation-address.ts'

export function SimulationsPage() {
  const { project } = useParams({ strict: false })
  const own = useEndpoint('listOwnSimulations', {})
  return (
    <Page
      title="Simulations"
      lead="Agents that act on each other: watch them here, and keep a run as a set of tables. A model of your own is one short file; “cultivar simulations show ./model.ts” opens it here."
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {[...(own.data ?? []), ...builtInSimulations].map(({ name, summary }) => (
            <Card key={name} withBorder component="article">
              <Text component="h2" fw={600} m={0}>
                <Anchor component={Link} to={simulationAddress(name, project)} inherit>
                  {name}
                </Anchor>
              </Text>
              <Text size="sm" c="dimmed">
                {summary}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
        {project !== undefined && <SimulatedSets project={project} />}
      </Stack>
    </Page>
  )
}

function SimulatedSets({ project }: { project: string }) {
  const results = useEndpoint('listTableResults', { params: { project }, query: { kind: 'simulation' } })
  return (
    <Loaded of={results}>
      {found =>
        found.length > 0 && (
          <CardSection title="Simulated sets">
            <ResultsList project={project} results={found} />
          </CardSection>
        )
      }
    </Loaded>
  )
}
