/** Where one can go: pages of the project, then those of the whole workspace. */
import { Divider, NavLink, ScrollArea } from '@mantine/core'
import {
  IconApi,
  IconBox,
  IconChartHistogram,
  IconFileText,
  IconFolders,
  IconListDetails,
  IconPlant2,
  IconPlayerPlay,
  IconPlugConnected,
  IconSettings,
  IconTestPipe,
  IconTool,
} from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export function Navigation({ project }: { project: string | undefined }) {
  const base = project === undefined ? undefined : `/p/${project}`
  return (
    <ScrollArea>
      {base !== undefined && (
        <>
          <Item to={base} exact icon={<IconChartHistogram size={18} />} label="Overview" />
          <Item to={`${base}/records`} icon={<IconListDetails size={18} />} label="Records" />
          <Item to={`${base}/grow`} icon={<IconPlant2 size={18} />} label="Grow" />
          <Item to={`${base}/runs`} icon={<IconPlayerPlay size={18} />} label="Runs" />
          <Item to={`${base}/documents`} icon={<IconFileText size={18} />} label="Documents" />
          <Item to={`${base}/models`} icon={<IconBox size={18} />} label="Models" />
          <Item to={`${base}/suites`} icon={<IconTestPipe size={18} />} label="Tests" />
          <Item to={`${base}/settings`} icon={<IconTool size={18} />} label="Project settings" />
          <Divider my="xs" />
        </>
      )}
      <Item to="/" exact icon={<IconFolders size={18} />} label="Projects" />
      <Item to="/providers" icon={<IconPlugConnected size={18} />} label="Providers" />
      <Item to="/settings" icon={<IconSettings size={18} />} label="Settings" />
      <Item to="/api-reference" icon={<IconApi size={18} />} label="API" />
    </ScrollArea>
  )
}

function Item({ to, exact = false, icon, label }: { to: string; exact?: boolean; icon: ReactNode; label: string }) {
  const path = useRouterState({ select: state => state.location.pathname })
  const active = exact ? path === to : path === to || path.startsWith(`${to}/`)
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={icon}
      active={active}
      aria-current={active ? 'page' : undefined}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  )
}
