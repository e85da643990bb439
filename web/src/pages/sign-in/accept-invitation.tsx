/** The first password of somebody who was invited. */
import { Button, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

export function AcceptInvitation({ invitation }: { invitation: string }) {
  const [password, setPassword] = useState('')
  const accept = useAction('acceptInvitation', { onDone: () => location.assign('/') })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate({ body: { invitation, password } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">You were invited to this studio. From now on, your name and this password sign you in.</Text>
        <NewPassword label="Password" value={password} onChange={setPassword} autoFocus />
        <ProblemNotice error={accept.error} />
        <Button type="submit" fullWidth loading={accept.isPending}>
          Set the password and sign in
        </Button>
      </Stack>
    </form>
  )
}
