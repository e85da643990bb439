/** Who is signed in here, and how that ends. */
import { Button, Group, Text } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { SettingGroup } from '../project/setting-group.tsx'
import { roleWords } from './role-words.ts'

export function OwnSession({ session }: { session: AnswerOf<'session'> }) {
  const signOut = useAction('signOut', { onDone: () => location.assign('/sign-in') })
  const { who, role } = session
  return (
    <SettingGroup title="Signed in" lead="What you decide on records is kept under this name.">
      <Text style={{ overflowWrap: 'anywhere' }}>
        <b>{who}</b> · {role}: {roleWords[role]}
      </Text>
      <ProblemNotice error={signOut.error} />
      <Group gap="xs">
        <Button variant="default" onClick={() => signOut.mutate({ body: { everywhere: false } })}>
          Sign out
        </Button>
        <Button variant="default" onClick={() => signOut.mutate({ body: { everywhere: true } })}>
          Sign out in all browsers
        </Button>
      </Group>
      {!session.hasPassword && (
        <Text size="sm" c="dimmed">
          To come back, open a new address from the terminal of “cultivar studio”.
        </Text>
      )}
    </SettingGroup>
  )
}
