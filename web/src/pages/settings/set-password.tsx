/** A password that an admin sets for somebody. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

interface SetPasswordProps {
  name: string
  opened: boolean
  onClose: () => void
}

export function SetPassword({ name, opened, onClose }: SetPasswordProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Set the password of ${name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Form name={name} onClose={onClose} />
    </Modal>
  )
}

function Form({ name, onClose }: Omit<SetPasswordProps, 'opened'>) {
  const [password, setPassword] = useState('')
  const set = useAction('setPassword', { changes: ['listAccounts', 'session'], onDone: onClose })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    set.mutate({ params: { account: name }, body: { password } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">Every browser in which {name} is signed in is signed out.</Text>
        <NewPassword label="New password" value={password} onChange={setPassword} autoFocus />
        <ProblemNotice error={set.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={set.isPending}>
            Set it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
