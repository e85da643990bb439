/** Takes what a run grew into the dataset for good, but for what was disliked. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { refresh, useAction } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { shownCount } from '../../parts/run-watch-words.ts'

interface RunImportProps {
  project: string
  run: string
  pending: number
  growing: boolean
}

export function RunImport({ project, run, pending, growing }: RunImportProps) {
  const client = useQueryClient()
  const [imported, setImported] = useState(0)
  const accept = useAction('decideAll')
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          leftSection={<IconCheck size={16} />}
          disabled={pending === 0 || growing}
          loading={accept.isPending}
          onClick={() => {
            setImported(pending)
            accept.mutate({
              params: { project },
              body: { filter: { run, status: ['pending'] }, decision: { kind: 'accept' } },
            })
          }}
        >
          {pending === 0 && imported > 0 ? 'Imported' : `Import ${shownCount(pending)}`}
        </Button>
        {pending === 0 && imported > 0 && (
          <Text size="sm" role="status">
            {shownCount(imported)} are in the dataset, accepted.{' '}
            <Anchor component={Link} to={`/p/${project}/records?run=${run}`} inherit>
              See them in Records
            </Anchor>
          </Text>
        )}
        {growing && (
          <Text size="sm" c="dimmed">
            Review while they come; import once it has ended.
          </Text>
        )}
      </Group>
      <ProblemNotice error={accept.error} />
      {accept.data && (pending > 0 || accept.isPending) && (
        <JobProgress
          key={accept.data.id}
          job={accept.data.id}
          onEnd={() => void refresh(client, ['listRecords', 'countRecords', 'showProject', 'recordFacets'])}
        />
      )}
    </Stack>
  )
}
