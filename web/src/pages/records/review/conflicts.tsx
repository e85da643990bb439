/** Tells that somebody else decided first, what and when, and lets the person choose. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { Decision } from '../../../../../src/model/decision.ts'
import { textOf } from '../../../../../src/model/record.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import type { Conflict } from './decision-queue.ts'
import { decisionWords, storedWords } from './decision-words.ts'
import { useReviewQueue } from './review-queue.ts'

export function Conflicts() {
  const { queue, state } = useReviewQueue()
  const { conflicts } = state
  if (conflicts.length === 0) return null
  return (
    <Stack gap="xs" role="alert">
      {conflicts.map(conflict => (
        <OneConflict
          key={`${conflict.record.id}-${conflict.record.version}`}
          conflict={conflict}
          onSettle={whose => queue.settle(conflict, whose)}
        />
      ))}
    </Stack>
  )
}

function OneConflict({
  conflict: { record, decisions },
  onSettle,
}: {
  conflict: Conflict
  onSettle: (whose: 'theirs' | 'mine') => void
}) {
  const { data } = useEndpoint('recordLineage', { params: { record: record.id } })
  const newest = data?.decisions.findLast(({ sequence }) => sequence <= record.version)
  const text = textOf(record)
  return (
    <Alert color="orange" icon={<IconUsers size={18} />} title="Somebody changed this record since you saw it">
      <Stack gap="xs">
        <Text size="sm" className="generated-text" lineClamp={2}>
          {text}
        </Text>
        <Text size="sm">
          {newest
            ? `${newest.who} ${storedWords(newest)} at ${new Date(newest.atMs).toLocaleTimeString('en')}.`
            : 'It is as shown in the list now.'}{' '}
          You wanted to {decisions.map((decision: Decision) => decisionWords(decision)).join(', then ')}. Nothing of
          yours is stored yet.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => onSettle('theirs')}>
            Keep theirs
          </Button>
          <Button size="compact-sm" onClick={() => onSettle('mine')}>
            Store mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
