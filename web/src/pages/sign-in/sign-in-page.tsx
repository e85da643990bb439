/** Where one lands who is not signed in: by the printed address, a password, or an invitation. */
import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { AcceptInvitation } from './accept-invitation.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  const form = useEndpoint('signInForm', {})
  const [invitation] = useState(takeInvitation)
  if (invitation !== '')
    return (
      <Framed title="Choose a password">
        <AcceptInvitation invitation={invitation} />
      </Framed>
    )
  const byAddress = form.data?.form === 'address'
  return (
    <Framed title={form.data && !byAddress ? 'Sign in' : 'Nobody is signed in'}>
      <Loaded of={form}>{({ form }) => (form === 'address' ? <ByAddress /> : <SignInForm form={form} />)}</Loaded>
    </Framed>
  )
}

/** An invitation comes behind the #, which no server and no other page is told; nor does it stay in the history. */
function takeInvitation(): string {
  return new URLSearchParams(location.hash.slice(1)).get('invitation') ?? ''
}

function Framed({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Cultivar`
    if (location.hash !== '') history.replaceState(null, '', location.pathname)
  }, [title])
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack gap="md">
          <Group gap="sm" wrap="nowrap">
            <img src="/icon.svg" alt="" width={30} height={30} />
            <Title order={1} size="h3">
              {title}
            </Title>
          </Group>
          {children}
        </Stack>
      </Paper>
    </Center>
  )
}

function ByAddress() {
  return (
    <Stack gap="sm">
      <Text size="sm">Open the address that “cultivar studio” printed in its terminal. It signs this browser in.</Text>
      <Text size="sm" c="dimmed">
        Each address works once, and within an hour. Press Enter in that terminal for a new one, or end the command with
        Ctrl-C and start it again. Nothing is lost.
      </Text>
    </Stack>
  )
}
