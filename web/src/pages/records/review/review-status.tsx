/** What was decided last, and what the server has not stored yet. */
import { Badge, Group, Text, Tooltip } from '@mantine/core'
import { IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import styles from '../records.module.css'
import { useReviewQueue } from './review-queue.ts'
import type { Said } from './said.ts'

export function ReviewStatus({ said: source }: { said: Said }) {
  const said = useSyncExternalStore(source.subscribe, () => source.now)
  const { state } = useReviewQueue()
  return (
    <Group gap="sm" className={styles.bar} wrap="nowrap" justify="space-between">
      <Text size="sm" role="status" lineClamp={2}>
        {said.text ? (
          <span key={said.turn}>{said.text}</span>
        ) : (
          <Text span size="sm" c="dimmed" visibleFrom="sm">
            j and k move, a accepts, r rejects, z takes back, ? shows all keys.
          </Text>
        )}
      </Text>
      {state.unsent > 0 && (
        <Tooltip
          label={
            state.waiting
              ? 'The server does not answer. It is asked again until it does; keep this page open.'
              : 'They are on their way to the server.'
          }
        >
          <Badge
            variant="light"
            color={state.waiting ? 'red' : 'gray'}
            tt="none"
            size="lg"
            style={{ flex: 'none' }}
            leftSection={state.waiting ? <IconCloudOff size={14} /> : <IconCloudUp size={14} />}
          >
            {state.unsent.toLocaleString('en')} not yet stored
          </Badge>
        </Tooltip>
      )}
    </Group>
  )
}
