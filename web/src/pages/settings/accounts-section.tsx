/** Who may sign in, with what each may do; only admins see it. */
import { Button, Group, Table, VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { SettingGroup } from '../project/setting-group.tsx'
import { AccountRow } from './account-row.tsx'
import { AddAccount } from './add-account.tsx'
import { InvitationAddress } from './invitation-address.tsx'

export function AccountsSection({ who }: { who: string }) {
  const accounts = useEndpoint('listAccounts', {})
  const [adding, setAdding] = useState(false)
  const [invited, setInvited] = useState<{ name: string; invitation: string }>()
  return (
    <SettingGroup title="Accounts" lead="Each person signs in under a name of their own; their decisions carry it.">
      <Loaded of={accounts}>
        {found => (
          <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} aria-label="Accounts">
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th w={150}>Role</Table.Th>
                  <Table.Th>Signs in</Table.Th>
                  <Table.Th w={60}>
                    <VisuallyHidden>What can be done</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.map(account => (
                  <AccountRow
                    key={account.name}
                    account={account}
                    isOwn={account.name === who}
                    isLastAdmin={account.role === 'admin' && found.filter(({ role }) => role === 'admin').length === 1}
                    onInvited={invitation => setInvited({ name: account.name, invitation })}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Loaded>
      <Group>
        <Button leftSection={<IconPlus size={16} />} variant="default" onClick={() => setAdding(true)}>
          Add an account
        </Button>
      </Group>
      <AddAccount opened={adding} onClose={() => setAdding(false)} onInvited={setInvited} />
      <InvitationAddress invited={invited} onClose={() => setInvited(undefined)} />
    </SettingGroup>
  )
}
