/** Pause, stop or resume a run; each says what it does. */
import { Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import { useAction, useEndpoint } from '../api/use-endpoint.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { shownCounts } from './run-watch-words.ts'

export function RunControls({ view, onResumed }: { view: RunView; onResumed: () => void }) {
  const { id, growing, holder, stopping, callsInFlight, state } = view
  const { data: session } = useEndpoint('session', {})
  const params = { run: id }
  const pause = useAction('pauseRun', { changes: ['listRuns'] })
  const cancel = useAction('cancelRun', { changes: ['listRuns'] })
  const resume = useAction('resumeRun', { changes: ['listRuns', 'listJobs'], onDone: onResumed })
  const [asking, { open, close }] = useDisclosure(false)
  if (session?.role === 'reviewer') return null
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {growing && (
          <>
            <Tooltip label="Sends nothing new; calls in flight finish. You can resume it.">
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlayerPause size={14} />}
                disabled={stopping !== null}
                loading={pause.isPending}
                onClick={() => pause.mutate({ params })}
              >
                Pause
              </Button>
            </Tooltip>
            <Button
              size="xs"
              variant="subtle"
              color="red"
              leftSection={<IconPlayerStop size={14} />}
              disabled={stopping === 'cancelling'}
              loading={cancel.isPending}
              onClick={open}
            >
              Stop now …
            </Button>
          </>
        )}
        {!growing && state !== 'done' && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} />}
            loading={resume.isPending}
            onClick={() => resume.mutate({ params, body: {} })}
          >
            Resume
          </Button>
        )}
      </Group>
      {growing && holder && !holder.here && (
        <Text size="xs" c="dimmed">
          Grown by another process: {holder.pid} on {holder.host}.
        </Text>
      )}
      <ProblemNotice error={pause.error ?? cancel.error ?? resume.error} />
      <Modal opened={asking} onClose={close} title="Stop this run now?" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack>
          <Text size="sm">
            {callsInFlight === 0
              ? 'Nothing is in flight at the moment.'
              : `${shownCounts(callsInFlight, 'call')} in flight ${callsInFlight === 1 ? 'is' : 'are'} given up; the provider may charge for ${callsInFlight === 1 ? 'it' : 'them'} all the same.`}{' '}
            What was kept stays, and you can resume the run.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Go on growing
            </Button>
            <Button
              color="red.9"
              onClick={() => {
                close()
                cancel.mutate({ params })
              }}
            >
              Stop now
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}
