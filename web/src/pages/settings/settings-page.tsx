/** Settings of this studio: who is signed in, colours, who may sign in, and where all is kept. */
import { SimpleGrid, Stack } from '@mantine/core'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { AboutStudio } from './about-studio.tsx'
import { AccountsSection } from './accounts-section.tsx'
import { ColourChoice } from './colour-choice.tsx'
import { OwnPassword } from './own-password.tsx'
import { OwnSession } from './own-session.tsx'

export function SettingsPage() {
  const session = useEndpoint('session', {})
  return (
    <Page title="Settings">
      <Loaded of={session}>
        {session => (
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <OwnSession session={session} />
              <ColourChoice />
              <OwnPassword hasPassword={session.hasPassword} />
              <AboutStudio session={session} />
            </SimpleGrid>
            {session.accounts && session.role === 'admin' && <AccountsSection who={session.who} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
