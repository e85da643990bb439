/** Where one lands who is not signed in. */
import { Center, Paper, Stack, Text, Title } from '@mantine/core'

export function SignInPage() {
  return (
    <Center mih="100vh" p="md">
      <Paper withBorder p="xl" maw={460}>
        <Stack gap="sm">
          <Title order={1} size="h3">
            Nobody is signed in
          </Title>
          <Text size="sm">
            Open the address that “cultivar studio” printed in its terminal. Its token works once; end the command with
            Ctrl-C and start it again for a new one.
          </Text>
        </Stack>
      </Paper>
    </Center>
  )
}
