/** Name and password, or the password alone where there is one owner. */
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

export function SignInForm({ form }: { form: 'password' | 'account' }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  // Loaded anew, so that nothing of whoever was here before is left.
  const signIn = useAction('signIn', { onDone: () => location.assign('/') })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ body: { name, password } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {form === 'account' && (
          <TextInput
            label="Name"
            autoComplete="username"
            required
            autoFocus
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          autoFocus={form === 'password'}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        <ProblemNotice error={signIn.error} />
        <Button type="submit" fullWidth loading={signIn.isPending}>
          Sign in
        </Button>
        <Text size="sm" c="dimmed">
          {form === 'account'
            ? 'Forgotten? An admin of this studio can invite you again.'
            : 'Forgotten? The address that “cultivar studio” prints in its terminal signs you in as well.'}
        </Text>
      </Stack>
    </form>
  )
}
