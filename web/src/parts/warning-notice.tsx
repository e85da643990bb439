/** What to be wary of: it stops nothing. */
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** The title is in the page’s own colour: yellow on yellow cannot be read. */
export function WarningNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} />}
      title={title}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Alert>
  )
}
