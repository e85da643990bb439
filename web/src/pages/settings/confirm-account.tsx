/** Asks once before an account is removed or loses its password. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

interface ConfirmAccountProps {
  name: string
  what: 'invite' | 'remove' | undefined
  onClose: () => void
  onInvited: (invitation: string) => void
}

export function ConfirmAccount({ name, what, onClose, onInvited }: ConfirmAccountProps) {
  const changes = { changes: ['listAccounts' as const] }
  const remove = useAction('removeAccount', { ...changes, onDone: onClose })
  const invite = useAction('inviteAgain', {
    ...changes,
    onDone: ({ invitation }) => {
      onClose()
      onInvited(invitation)
    },
  })
  const removes = what === 'remove'
  const params = { account: name }
  return (
    <Modal
      opened={what !== undefined}
      onClose={onClose}
      title={removes ? `Remove ${name}?` : `Invite ${name} again?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          {removes
            ? `${name} is signed out everywhere and cannot sign in any more. What ${name} decided stays, under that name.`
            : `The password of ${name} is taken away, and they are signed out everywhere, until they choose a new one by the invitation.`}
        </Text>
        <ProblemNotice error={removes ? remove.error : invite.error} />
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          {removes ? (
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
              Remove
            </Button>
          ) : (
            <Button loading={invite.isPending} onClick={() => invite.mutate({ params })}>
              Invite again
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
