/** What the list says where there is nothing in it. */
import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../parts/empty-state.tsx'

export function NoRecords({ project, filtered, onClear }: { project: string; filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState title="Nothing matches" action={<Button onClick={onClear}>Clear filters</Button>}>
        No record fits all of these filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No records yet"
      action={
        <Group gap="xs">
          <Button component={Link} to={`/p/${project}/import`}>
            Import a file
          </Button>
          <Button component={Link} to={`/p/${project}/grow`} variant="default">
            Grow records
          </Button>
        </Group>
      }
    >
      Bring what you have, as CSV, JSON or any of the other formats, or grow records from a prompt.
    </EmptyState>
  )
}
