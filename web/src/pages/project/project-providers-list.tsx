/** The providers that may be used for a project. */
import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import { SettingGroup } from './setting-group.tsx'

export function ProjectProvidersList({ summary: { providers } }: { summary: ProjectSummary }) {
  return (
    <SettingGroup title="Providers" lead="The models that may be asked for this project.">
      {providers.length === 0 ? (
        <Text size="sm">
          None yet: nothing can be grown by a model. Templates and changes of what is there need none.
        </Text>
      ) : (
        <Group gap="xs">
          {providers.map(provider => (
            <Badge key={provider} variant="default" size="lg" tt="none" fw={500}>
              {provider}
            </Badge>
          ))}
        </Group>
      )}
      <Anchor component={Link} to="/providers" size="sm">
        Add, assign or change providers
      </Anchor>
    </SettingGroup>
  )
}
