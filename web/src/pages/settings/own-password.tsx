/** One’s own password: set, or changed with the one so far. */
import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { SettingGroup } from '../project/setting-group.tsx'

export function OwnPassword({ hasPassword }: { hasPassword: boolean }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useAction('changePassword', {
    changes: ['session'],
    onDone: () => {
      setCurrent('')
      setPassword('')
    },
  })
  const save = {
    changed: password !== '',
    saving: change.isPending,
    saved: change.isSuccess,
    error: change.error,
    onSave: () => change.mutate({ body: { current, password } }),
  }
  return (
    <SettingGroup
      title="Password"
      lead={
        hasPassword
          ? 'Changing it signs you out in all other browsers.'
          : 'You have none: the address that “cultivar studio” prints signs you in. With a password you can sign in without it.'
      }
      save={save}
    >
      {hasPassword && (
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          value={current}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the current password' }}
        />
      )}
      <NewPassword label="New password" value={password} onChange={setPassword} />
    </SettingGroup>
  )
}
