/** The address of an invitation, shown this once. */
import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'

export function InvitationAddress({
  invited,
  onClose,
}: {
  invited: { name: string; invitation: string } | undefined
  onClose: () => void
}) {
  const address = invited ? `${location.origin}/sign-in#invitation=${invited.invitation}` : ''
  return (
    <Modal
      opened={invited !== undefined}
      onClose={onClose}
      title={`Invitation for ${invited?.name ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          Send them this address. Whoever opens it first chooses the password of this account. It works once, within a
          week, and is not shown again.
        </Text>
        <TextInput
          label="Address"
          readOnly
          data-autofocus
          value={address}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Group justify="flex-end">
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
