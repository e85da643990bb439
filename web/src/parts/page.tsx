/** One page: its title, what can be done on it, and its content. */
import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface PageProps {
  title: string
  /** A sentence on what one does here. */
  lead?: ReactNode
  actions?: ReactNode
  /** Takes the whole width, as tables do. */
  wide?: boolean
  children: ReactNode
}

export function Page({ title, lead, actions, wide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Cultivar`
  }, [title])
  return (
    <Box className={wide ? 'page page-wide' : 'page'}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box miw={0}>
            <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {lead && (
              <Text c="dimmed" size="sm" maw={760}>
                {lead}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Box>
  )
}
