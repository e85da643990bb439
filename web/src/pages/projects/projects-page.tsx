/** All projects of the workspace, and a new one. */
import { Anchor, Card, Group, SimpleGrid, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'

export function ProjectsPage() {
  const projects = useEndpoint('listProjects', {})
  return (
    <Page title="Projects">
      <Loaded of={projects}>
        {found =>
          found.length === 0 ? (
            <EmptyState title="There is no project yet." />
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {found.map(({ project, records }) => (
                <Card key={project.name} withBorder>
                  <Group justify="space-between">
                    <Anchor component={Link} to={`/p/${project.name}`} fw={600}>
                      {project.name}
                    </Anchor>
                    <Text size="sm" c="dimmed">
                      {records.toLocaleString()} records
                    </Text>
                  </Group>
                </Card>
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
    </Page>
  )
}
