/** The project one is in, and a way to the others. */
import { Button, Menu, Text } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEndpoint } from '../api/use-endpoint.ts'

export function ProjectMenu({ project }: { project: string | undefined }) {
  const { data = [] } = useEndpoint('listProjectNames', {})
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={14} />} maw={220}>
          <Text size="sm" truncate>
            {project ?? 'Choose a project'}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflow: 'auto' }}>
        {data.map(name => (
          <Menu.Item
            key={name}
            component={Link}
            to={`/p/${name}`}
            leftSection={name === project ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
          >
            {name}
          </Menu.Item>
        ))}
        {data.length > 0 && <Menu.Divider />}
        <Menu.Item component={Link} to="/">
          All projects, or a new one …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
