/** An address that leads nowhere. */
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'

export function NotFound() {
  return (
    <Page title="There is no such page">
      <EmptyState
        title="This address leads nowhere."
        action={
          <Anchor component={Link} to="/">
            To the projects
          </Anchor>
        }
      />
    </Page>
  )
}
