/** The frame of every page: name and project at the top, where to go at the side. */
import { ActionIcon, Anchor, AppShell, Badge, Burger, Group, Text, Tooltip, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useEndpoint } from '../api/use-endpoint.ts'
import { JobsMenu } from './jobs-menu.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { ProjectMenu } from './project-menu.tsx'

export function Shell() {
  const [open, { toggle, close }] = useDisclosure(false)
  const { project } = useParams({ strict: false })
  const path = useRouterState({ select: state => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the page changes, the drawer of a phone closes
  useEffect(close, [path])
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#content">
        Skip to the page
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <Anchor component={Link} to="/" underline="never" c="inherit" aria-label="Cultivar: all projects">
              <Group gap={8} wrap="nowrap">
                <img src="/icon.svg" alt="" width={26} height={26} />
                <Text fw={700} visibleFrom="xs">
                  Cultivar
                </Text>
              </Group>
            </Anchor>
            <ProjectMenu project={project} />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Palette />
            <JobsMenu />
            <Who />
            <ColourScheme />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Pages">
        <Navigation project={project} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

function Who() {
  const { data } = useEndpoint('session', {})
  if (!data?.accounts) return null
  return (
    <Badge variant="default" tt="none" visibleFrom="sm">
      {data.who} · {data.role}
    </Badge>
  )
}

function ColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  const label = dark ? 'Light colours' : 'Dark colours'
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}
