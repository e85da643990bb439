/** Asks once before something goes, naming what goes with it and what stays. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemNotice } from './problem-notice.tsx'

export interface ConfirmRemovalProps {
  title: string
  opened: boolean
  onClose(): void
  /** The endpoint that removes it. */
  removal: { isPending: boolean; error: unknown }
  onRemove(): void
  /** What goes, and what stays. */
  children: ReactNode
}

export function ConfirmRemoval({ title, opened, onClose, removal, onRemove, children }: ConfirmRemovalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {children}
        </Text>
        <ProblemNotice error={removal.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={removal.isPending} onClick={onRemove}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
