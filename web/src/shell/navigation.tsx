/** The side of every page: pages of the project, then those of the whole workspace. */
import { Divider, NavLink, ScrollArea } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { type PagePlace, projectPages, workspacePages } from './places.ts'

export function Navigation({ project }: { project: string | undefined }) {
  return (
    <ScrollArea>
      {project !== undefined && (
        <>
          {projectPages.map(place => (
            <Item key={place.path} place={place} to={`/p/${project}${place.path}`} />
          ))}
          <Divider my="xs" />
        </>
      )}
      {workspacePages.map(place => (
        <Item key={place.path} place={place} to={place.path} />
      ))}
    </ScrollArea>
  )
}

function Item({ place: { label, icon: Icon, exact = false }, to }: { place: PagePlace; to: string }) {
  const path = useRouterState({ select: state => state.location.pathname })
  const active = path === to || (!exact && path.startsWith(`${to}/`))
  return (
    <NavLink
      component={Link}
      to={to}
      activeOptions={{ exact: true }}
      label={label}
      leftSection={<Icon size={18} aria-hidden />}
      active={active}
      aria-current={active ? 'page' : undefined}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  )
}
