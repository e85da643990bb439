/** A part of a page on a card of its own, under its title. */
import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface CardSectionProps {
  title: string
  /** A sentence on what is shown. */
  lead?: string
  size?: 'h4' | 'h5'
  children: ReactNode
}

export function CardSection({ title, lead, size = 'h4', children }: CardSectionProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size={size}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      )}
      <Stack gap="sm" mt="sm">
        {children}
      </Stack>
    </Paper>
  )
}
