/** How a run ended, why, what to do about it, and a way to go on with more. */
import { Alert, Button, Collapse, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import { useAction, useEndpoint } from '../api/use-endpoint.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { shownState } from './run-watch-words.ts'

/** In place of hints that name commands. */
const hints: Partial<Record<RunView['state'], string>> = {
  cancelled: 'Resume goes on where it stopped; what was answered is not asked again.',
  short:
    'Look at what was rejected, and why. More varied seeds or slots, other instructions, another teacher or gentler critics may bring more; nothing was padded.',
}

export function RunEnd({ view }: { view: RunView }) {
  const { state, holder, reason, hint } = view
  if (state === 'done' || (state === 'running' && holder)) return null
  const { word, colour } = shownState(view)
  const said =
    state === 'running'
      ? {
          reason: 'The process that grew it has gone without a word.',
          hint: 'Nothing that was stored is lost. Resume goes on where it stopped; what was answered is not asked again.',
        }
      : { reason, hint: hints[state] ?? hint }
  return (
    <Alert color={colour} icon={<IconInfoCircle size={18} />} title={word}>
      <Text size="sm" className="generated-text">
        {said.reason}
      </Text>
      {said.hint && (
        <Text size="sm" mt={4} className="generated-text">
          {said.hint}
        </Text>
      )}
    </Alert>
  )
}

/** Folded up until it is wanted. */
export function ResumeForm({ view, onResumed }: { view: RunView; onResumed: () => void }) {
  const { id, targets, budget, growing } = view
  const total = Object.values(targets).reduce((sum, count) => sum + count, 0)
  const usd = budget.nanoUsd === undefined ? undefined : budget.nanoUsd / 1e9
  const [open, { toggle }] = useDisclosure(false)
  const [target, setTarget] = useState<number | string>(total)
  const [most, setMost] = useState<Record<'calls' | 'tokens' | 'usd', number | string>>({
    calls: budget.calls ?? '',
    tokens: budget.tokens ?? '',
    usd: usd ?? '',
  })
  const { data: session } = useEndpoint('session', {})
  const resume = useAction('resumeRun', { changes: ['listRuns', 'listJobs'], onDone: onResumed })
  if (growing || session?.role === 'reviewer') return null
  const given = Object.fromEntries(Object.entries(most).filter(([, amount]) => amount !== ''))
  const unchanged =
    most.calls === (budget.calls ?? '') && most.tokens === (budget.tokens ?? '') && most.usd === (usd ?? '')
  return (
    <div>
      <Button variant="subtle" size="xs" px={6} onClick={toggle} aria-expanded={open}>
        Go on with another target or budget …
      </Button>
      <Collapse expanded={open}>
        <form
          onSubmit={event => {
            event.preventDefault()
            const body = {
              ...(typeof target === 'number' && target !== total && { target }),
              ...(!unchanged && { budget: given }),
            }
            resume.mutate({ params: { run: id }, body })
          }}
        >
          <Stack gap="sm" mt="xs" maw={640}>
            <NumberInput
              label="Records to keep in all"
              description="By the whole run, what it has kept included; spread evenly over the cells"
              value={target}
              onChange={setTarget}
              min={1}
              allowDecimal={false}
              thousandSeparator=","
            />
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              {(['calls', 'tokens', 'usd'] as const).map(name => (
                <NumberInput
                  key={name}
                  label={{ calls: 'Most calls', tokens: 'Most tokens', usd: 'Most dollars' }[name]}
                  placeholder="No limit"
                  value={most[name]}
                  onChange={amount => setMost({ ...most, [name]: amount })}
                  min={0}
                  allowDecimal={name === 'usd'}
                  thousandSeparator=","
                />
              ))}
            </SimpleGrid>
            <ProblemNotice error={resume.error} />
            <Group>
              <Button type="submit" size="sm" loading={resume.isPending}>
                Go on
              </Button>
            </Group>
          </Stack>
        </form>
      </Collapse>
    </div>
  )
}
