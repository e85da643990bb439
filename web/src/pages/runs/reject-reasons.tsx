/** Who rejected how many and why, each a way to see these alone. */
import { Button, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'
import { failureAdvice, shownCount, shownCounts } from '../../parts/run-watch-words.ts'
import type { RunSearch } from './run-search.ts'

interface RejectReasonsProps {
  summary: AnswerOf<'rejectSummary'>
  chosen: RunSearch
  onChoose: (choice: Partial<RunSearch>) => void
}

export function RejectReasons({ summary, chosen, onChoose }: RejectReasonsProps) {
  const critic = summary.critics.find(each => each.critic === chosen.critic)
  return (
    <Stack gap="sm">
      <Group gap="xs" role="group" aria-label="Rejected by">
        <Button
          size="xs"
          variant={critic ? 'default' : 'filled'}
          aria-pressed={!critic}
          onClick={() => onChoose({ critic: undefined, reason: undefined })}
        >
          All critics
        </Button>
        {summary.critics.map(each => (
          <Button
            key={each.critic}
            size="xs"
            variant={each === critic ? 'filled' : 'default'}
            aria-pressed={each === critic}
            onClick={() => onChoose({ critic: each.critic, reason: undefined, outcome: 'rejected' })}
          >
            {each.critic} {shownCount(each.count)}
          </Button>
        ))}
      </Group>
      {critic && (
        <Paper withBorder p="sm">
          <Stack gap={2} role="group" aria-label={`Reasons of ${critic.critic}`}>
            {critic.reasons.map(({ reason, count, example }) => (
              <UnstyledButton
                key={reason}
                py={4}
                aria-pressed={reason === chosen.reason}
                onClick={() => onChoose({ reason: reason === chosen.reason ? undefined : reason, outcome: 'rejected' })}
              >
                <Group gap="sm" wrap="nowrap" align="baseline">
                  <Text size="sm" ta="right" miw={36} fw={600}>
                    {shownCount(count)}
                  </Text>
                  <Text
                    size="sm"
                    className="generated-text"
                    td={reason === chosen.reason ? 'underline' : undefined}
                    title={example}
                  >
                    {count === 1 ? example || 'without a reason' : reason || 'without a reason'}
                  </Text>
                </Group>
              </UnstyledButton>
            ))}
          </Stack>
        </Paper>
      )}
      {summary.failed.length > 0 && (
        <Text size="sm" c="dimmed" className="generated-text">
          Besides,{' '}
          {summary.failed
            .map(
              ({ code, count, message }) =>
                `${shownCounts(count, 'unit')} failed (${failureAdvice[code]?.what ?? code}: ${message})`,
            )
            .join('; ')}
          .
        </Text>
      )}
    </Stack>
  )
}
