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
            <Item key={place.path} place={place} base={`/p/${project}`} />
          ))}
          <Divider my="xs" />
        </>
      )}
      {workspacePages.map(place => (
        <Item key={place.path} place={place} base="" />
      ))}
    </ScrollArea>
  )
}

function Item({ place, base }: { place: PagePlace; base: string }) {
  const { label, icon: Icon, exact = false, also = [] } = place
  const path = useRouterState({ select: state => state.location.pathname })
  const to = `${base}${place.path}`
  const below = [...(exact ? [] : [to]), ...also.map(other => `${base}${other}`)]
  const active = path === to || below.some(address => path.startsWith(`${address}/`))
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
