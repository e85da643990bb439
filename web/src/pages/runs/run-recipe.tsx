/** What a run was asked to do: its recipe as text and as a form, and a way to run it anew. */
import { Anchor, Button, Code, CopyButton, Group, List, Modal, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/call.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { RunProblem } from '../../parts/run-watch-problem.tsx'
import { shownCounts, shownDollars } from '../../parts/run-watch-words.ts'

export function RunRecipe({ shown: { view, yaml, fresh, versions } }: { shown: AnswerOf<'showRun'> }) {
  const { id, project, recipe, spent } = view
  const { data: session } = useEndpoint('session', {})
  const [asking, { open, close }] = useDisclosure(false)
  const navigate = useNavigate()
  const start = useAction('startRun', {
    changes: ['listRuns', 'listJobs'],
    onDone: ({ run }) => void navigate({ to: `/p/${project}/runs/${run}` }),
  })
  const again = () => {
    close()
    start.mutate({ params: { project }, body: { recipe, fresh: true } })
  }
  return (
    <Stack>
      <Group gap="xs">
        <Button component={Link} to={`/p/${project}/grow/recipe?run=${id}`} size="sm">
          Open as form
        </Button>
        <CopyButton value={yaml}>
          {({ copied, copy }) => (
            <Button size="sm" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        {session?.role !== 'reviewer' && (
          <Button size="sm" variant="default" onClick={open} loading={start.isPending}>
            Run again as a new run …
          </Button>
        )}
      </Group>
      <RunProblem project={project} error={start.error} wanted={{ recipe, fresh: true }} />
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} aria-label="The recipe" tabIndex={0}>
        {yaml}
      </Code>
      {fresh && <Text size="sm">It was begun as a run of its own, although the same recipe was run before.</Text>}
      <Title order={2} size="h5">
        Versions
      </Title>
      <List size="sm" listStyleType="none">
        {Object.entries(versions).map(([name, version]) => (
          <List.Item key={name} style={{ overflowWrap: 'anywhere' }}>
            {name} <Code>{version}</Code>
          </List.Item>
        ))}
      </List>
      <Modal
        opened={asking}
        onClose={close}
        title="Run it again as a new run?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text size="sm">
            Every sample is a new one, so all calls are made and paid for again. This run made{' '}
            {shownCounts(spent.calls, 'call')} for {shownDollars(spent.nanoUsd)}. To only get more of this run, go on
            with a higher target instead, on its{' '}
            <Anchor component={Link} to={`/p/${project}/runs/${id}`} onClick={close} inherit>
              overview
            </Anchor>
            .
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button onClick={again}>Run again</Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}
