/** A new account, with an invitation or a password that the admin sets. */
import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Role, roles } from '../../../../src/model/api/endpoint.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { roleWords } from './role-words.ts'

interface AddAccountProps {
  opened: boolean
  onClose: () => void
  onInvited: (invited: { name: string; invitation: string }) => void
}

export function AddAccount({ opened, onClose, onInvited }: AddAccountProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add an account" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Form onClose={onClose} onInvited={onInvited} />
    </Modal>
  )
}

function Form({ onClose, onInvited }: Omit<AddAccountProps, 'opened'>) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('reviewer')
  const [by, setBy] = useState('invitation')
  const [password, setPassword] = useState('')
  const add = useAction('addAccount', {
    changes: ['listAccounts'],
    onDone: ({ account, invitation }) => {
      onClose()
      if (invitation !== null) onInvited({ name: account.name, invitation })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate({ body: { name, role, ...(by === 'password' && { password }) } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What they sign in with, such as ada or ada@example.com"
          autoComplete="off"
          required
          maxLength={64}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Radio.Group label="Role" value={role} onChange={value => setRole(roles.find(one => one === value) ?? role)}>
          <Stack gap={6} mt={6}>
            {roles.map(one => (
              <Radio key={one} value={one} label={`${one}: ${roleWords[one]}`} />
            ))}
          </Stack>
        </Radio.Group>
        <Radio.Group label="Password" value={by} onChange={setBy}>
          <Stack gap={6} mt={6}>
            <Radio value="invitation" label="They choose it: you get an address to send them" />
            <Radio value="password" label="You set it" />
          </Stack>
        </Radio.Group>
        {by === 'password' && <NewPassword label="Their password" value={password} onChange={setPassword} />}
        <ProblemNotice error={add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
