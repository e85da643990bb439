/** What becomes of the originals once a run has made something of them. */
import { Button, Group, Modal, Radio, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

type Mode = 'add' | 'inplace' | 'transformed'

/** Decisions that can be taken back at once. */
const mostUndone = 1000

/** Of the newest augmenting run; before there is one, it says what there will be to choose. */
export function AugmentOriginals({ project }: { project: string }) {
  const [mode, setMode] = useState<Mode>('add')
  const [asking, setAsking] = useState(false)
  const runs = useEndpoint('listRuns', { params: { project } }, { refetchIntervalMs: 10_000 })
  const newest = runs.data?.find(({ generator, kept }) => generator === 'augment' && kept > 0)
  const originals = useEndpoint(
    'showOriginals',
    { params: { project, run: newest?.id ?? '' } },
    { enabled: newest !== undefined },
  )
  const changes = ['showOriginals', 'listRecords', 'countRecords', 'showProject', 'previewAugmentation'] as const
  const undo = useAction('undo', {
    changes: [...changes],
    onDone: () => notifications.show({ message: 'The originals are back.' }),
  })
  const setAside = useAction('setOriginalsAside', {
    changes: [...changes],
    onDone: ({ setAside: count, decisions }) => {
      setAsking(false)
      setMode('add')
      notifications.show({
        message: (
          <Group gap="sm">
            <span>{count.toLocaleString('en')} originals are set aside.</span>
            <Button
              size="compact-xs"
              variant="default"
              disabled={decisions > mostUndone}
              onClick={() => undo.mutate({ params: { project }, body: { last: decisions } })}
            >
              Undo
            </Button>
          </Group>
        ),
        autoClose: 15_000,
      })
    },
  })
  const count = mode === 'add' ? 0 : (originals.data?.[mode] ?? 0)
  return (
    <Stack gap="sm" component="section" aria-label="Originals">
      <Title order={2} size="h5">
        Originals
      </Title>
      {newest === undefined ? (
        <Text size="sm" c="dimmed">
          New records are added, and their originals stay. Once they are made, you can let them take the place of their
          originals here.
        </Text>
      ) : (
        <Loaded of={originals}>
          {({ made, inplace, transformed }) => (
            <Stack gap="sm">
              <Radio.Group
                label={`The ${made.toLocaleString('en')} records of run ${newest.id}`}
                value={mode}
                onChange={next => setMode(next as Mode)}
              >
                <Stack gap={6} mt={6}>
                  <Radio value="add" label="are added to their originals" />
                  <Radio
                    value="inplace"
                    disabled={inplace === 0}
                    label={`take the place of their originals (${inplace.toLocaleString('en')} are set aside)`}
                  />
                  <Radio value="transformed" disabled={!transformed} label={transformedText(transformed)} />
                </Stack>
              </Radio.Group>
              {mode !== 'add' && (
                <Group>
                  <Button variant="default" onClick={() => setAsking(true)} disabled={count === 0}>
                    Set {count.toLocaleString('en')} originals aside …
                  </Button>
                </Group>
              )}
            </Stack>
          )}
        </Loaded>
      )}
      <ProblemNotice error={undo.error} />
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Set ${count.toLocaleString('en')} originals aside?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="md">
          <Text size="sm">
            They are rejected and get the tag “replaced”: no model learns from them any more. Records tested on stay.
            This can be undone.
          </Text>
          <ProblemNotice error={setAside.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              Cancel
            </Button>
            <Button
              color="red.9"
              loading={setAside.isPending}
              onClick={() =>
                mode !== 'add' && newest && setAside.mutate({ params: { project, run: newest.id }, body: { mode } })
              }
            >
              Set aside
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}

function transformedText(count: number | null): string {
  return count === null
    ? 'take the place of all originals: not for this run, whose list of records tested on is gone'
    : `take the place of all originals (${count.toLocaleString('en')} are set aside)`
}
