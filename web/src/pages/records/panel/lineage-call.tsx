/** What a model was asked for a record, and what it answered. */
import { Group, Stack, Text } from '@mantine/core'
import type { AnswerOf } from '../../../api/call.ts'
import { usd } from './usd.ts'

type Call = AnswerOf<'recordLineage'>['calls'][number]

const roles = { proposed: 'Proposed it', judged: 'Judged it', unit: 'Made besides' } as const

export function LineageCall({ call }: { call: Call }) {
  const { request, reply } = call
  const asked = request.kind === 'chat' ? request.messages : request.texts.map(content => ({ role: 'text', content }))
  const faults = call.attempts.flatMap(({ fault }) => fault ?? [])
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {roles[call.role]}
          {call.critic && ` (${call.critic})`}
        </Text>
        <Text size="xs" c="dimmed">
          {call.provider} · {call.model} · {call.tokens.toLocaleString('en')} tokens · {usd(call.nanoUsd)}
          {call.attempts.length > 1 && ` · ${call.attempts.length} attempts`}
        </Text>
      </Group>
      {asked.map(({ role, content }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages follow one another
        <Said key={i} who={role} text={content} />
      ))}
      <Said who={reply.finish === 'stop' ? 'reply' : `reply (${reply.finish})`} text={reply.text} />
      {faults.map(fault => (
        <Text key={fault} size="xs" c="dimmed">
          An attempt failed: {fault}
        </Text>
      ))}
    </Stack>
  )
}

function Said({ who, text }: { who: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {who}
      </Text>
      <Text
        size="xs"
        className="generated-text"
        p={6}
        bg="var(--mantine-color-default-hover)"
        mah={260}
        tabIndex={0}
        role="group"
        aria-label={who}
        style={{ overflowY: 'auto', borderRadius: 'var(--mantine-radius-sm)' }}
      >
        {text}
      </Text>
    </div>
  )
}
