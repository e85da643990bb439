/** One account: its role, how it signs in, and what an admin can do with it. */
import { ActionIcon, Menu, NativeSelect, Table, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { Account } from '../../../../src/model/api/accounts.ts'
import { roles } from '../../../../src/model/api/endpoint.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ConfirmAccount } from './confirm-account.tsx'
import { SetPassword } from './set-password.tsx'

interface AccountRowProps {
  account: Account
  /** Of whoever looks at it. */
  isOwn: boolean
  isLastAdmin: boolean
  onInvited: (invitation: string) => void
}

export function AccountRow({ account, isOwn, isLastAdmin, onInvited }: AccountRowProps) {
  const [asked, setAsked] = useState<'password' | 'invite' | 'remove'>()
  const changeRole = useAction('changeRole', { changes: ['listAccounts', 'session'] })
  const { name, role } = account
  const close = () => setAsked(undefined)
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {name}
        {isOwn && (
          <Text span c="dimmed" size="sm">
            {' '}
            (you)
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          aria-label={`Role of ${name}`}
          data={roles.map(value => value)}
          value={role}
          disabled={isLastAdmin || changeRole.isPending}
          title={isLastAdmin ? 'The last admin stays one: make somebody else an admin first.' : undefined}
          onChange={({ currentTarget }) =>
            changeRole.mutate({
              params: { account: name },
              body: { role: roles.find(value => value === currentTarget.value) ?? role },
            })
          }
        />
        <ProblemNotice error={changeRole.error} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{signsInWords[account.signsIn]}</Text>
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`What to do with ${name}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsked('password')}>Set a password …</Menu.Item>
            <Menu.Item onClick={() => setAsked('invite')}>Invite again …</Menu.Item>
            <Menu.Item color="red" disabled={isLastAdmin} onClick={() => setAsked('remove')}>
              {isLastAdmin ? 'Cannot be removed: the last admin' : 'Remove …'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <SetPassword name={name} opened={asked === 'password'} onClose={close} />
        <ConfirmAccount
          name={name}
          what={asked === 'invite' || asked === 'remove' ? asked : undefined}
          onClose={close}
          onInvited={onInvited}
        />
      </Table.Td>
    </Table.Tr>
  )
}

const signsInWords: Record<Account['signsIn'], string> = {
  password: 'by a password',
  invitation: 'was invited, has chosen no password yet',
  address: 'by the address that the command prints',
}
