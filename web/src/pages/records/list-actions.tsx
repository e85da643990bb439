/** What one can do from the head of the page. */
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconKeyboard, IconRefresh } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'

interface ListActionsProps {
  project: string
  onAgain: () => void
  onHelp: () => void
}

export const ListActions = memo(function ListActions({ project, onAgain, onHelp }: ListActionsProps) {
  return (
    <>
      <Button component={Link} to={`/p/${project}/import`} size="compact-sm" variant="default">
        Import
      </Button>
      <Button component={Link} to={`/p/${project}/export`} size="compact-sm" variant="default">
        Export
      </Button>
      <Tooltip label="Read the list again">
        <ActionIcon variant="default" aria-label="Read the list again" onClick={onAgain}>
          <IconRefresh size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys of this page ( ? )">
        <ActionIcon variant="default" aria-label="Keys of this page" onClick={onHelp}>
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
    </>
  )
})
