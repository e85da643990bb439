/** Where a record came from: seeds, run, verdicts, decisions, what was asked and answered, and what it cost. */
import { Accordion, Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../api/call.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { Loaded } from '../../../parts/loaded.tsx'
import { RecordText } from '../../../parts/record-text.tsx'
import { storedWords } from '../review/decision-words.ts'
import { LineageCall } from './lineage-call.tsx'
import { usd } from './usd.ts'

type Lineage = AnswerOf<'recordLineage'>

/** While one goes through the list, what is passed is not asked for. */
const restMs = 200

export function LineageView({ record, project }: { record: string; project: string }) {
  const [settled] = useDebouncedValue(record, restMs)
  const lineage = useEndpoint('recordLineage', { params: { record: settled } })
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Where it came from
      </Title>
      <Loaded of={lineage}>{known => <Known lineage={known} project={project} />}</Loaded>
    </Stack>
  )
}

function Known({ lineage, project }: { lineage: Lineage; project: string }) {
  const { record, run, unit, seeds, steps, verdicts, decisions, calls, cost, sharedBy } = lineage
  const parts = [
    {
      id: 'decisions',
      name: `Decisions (${decisions.length})`,
      shown: decisions.length > 0,
      content: <Decisions {...{ decisions }} />,
    },
    {
      id: 'verdicts',
      name: `Verdicts (${verdicts.length})`,
      shown: verdicts.length > 0,
      content: <Verdicts {...{ verdicts }} />,
    },
    {
      id: 'seeds',
      name: `Seeds (${seeds.length})`,
      shown: seeds.length > 0,
      content: <Seeds {...{ seeds, project }} />,
    },
    { id: 'changes', name: `Changes (${steps.length})`, shown: steps.length > 0, content: <Steps {...{ steps }} /> },
    {
      id: 'calls',
      name: `Prompts and replies (${calls.length})`,
      shown: calls.length > 0,
      content: (
        <Stack gap="md">
          {calls.map(call => (
            <LineageCall key={call.key} call={call} />
          ))}
        </Stack>
      ),
    },
  ].filter(({ shown }) => shown)
  return (
    <Stack gap="xs">
      <Text size="sm">
        {run ? (
          <>
            Grown by {run.generator} in{' '}
            <Anchor component={Link} to={`/p/${project}/runs/${run.id}`} size="sm">
              run {run.id.slice(0, 8)}
            </Anchor>
            {unit && `, round ${unit.round + 1}, unit ${unit.ordinal + 1}`}
          </>
        ) : record.source ? (
          `Imported from ${record.source}`
        ) : (
          'Its run was removed'
        )}
        , {new Date(record.createdMs).toLocaleString('en')}.
      </Text>
      {run && (
        <Text size="sm" c="dimmed">
          Cost: {cost.calls.toLocaleString('en')} calls, {cost.tokens.toLocaleString('en')} tokens, {usd(cost.nanoUsd)}
          {sharedBy > 1 && `, shared by ${sharedBy} candidates of one call`}.
        </Text>
      )}
      {parts.length > 0 && (
        <Accordion
          multiple
          defaultValue={parts.slice(0, 2).map(({ id }) => id)}
          variant="separated"
          chevronPosition="left"
        >
          {parts.map(({ id, name, content }) => (
            <Accordion.Item key={id} value={id}>
              <Accordion.Control>
                <Text size="sm">{name}</Text>
              </Accordion.Control>
              <Accordion.Panel>{content}</Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Stack>
  )
}

function Decisions({ decisions }: Pick<Lineage, 'decisions'>) {
  return (
    <Stack gap={4} component="ol" m={0} pl="md">
      {decisions.map(decision => (
        <Text
          key={decision.sequence}
          size="sm"
          component="li"
          td={decision.undone === null ? undefined : 'line-through'}
        >
          {decision.who} {storedWords(decision)}{' '}
          <Text span size="xs" c="dimmed">
            {new Date(decision.atMs).toLocaleString('en')}
            {decision.undone !== null && ', taken back'}
          </Text>
        </Text>
      ))}
    </Stack>
  )
}

function Verdicts({ verdicts }: Pick<Lineage, 'verdicts'>) {
  return (
    <Stack gap={6}>
      {verdicts.map(({ critic, pass, score, reason, mended }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a critic may speak twice, in this order
        <div key={i}>
          <Group gap={6}>
            <Badge variant="light" color={pass ? 'leaf' : 'red'} tt="none" c="var(--mantine-color-text)">
              {pass ? 'passed' : 'failed'}
            </Badge>
            <Text size="sm" fw={500}>
              {critic}
            </Text>
            {score !== undefined && <Text size="sm">{score.toLocaleString('en', { maximumFractionDigits: 3 })}</Text>}
            {mended && <Text size="sm">mended</Text>}
          </Group>
          {reason && (
            <Text size="sm" c="dimmed" className="generated-text">
              {reason}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  )
}

function Seeds({ seeds, project }: Pick<Lineage, 'seeds'> & { project: string }) {
  return (
    <Stack gap="xs">
      {seeds.map(seed => (
        <div key={seed.id}>
          <RecordText record={seed} />
          <Anchor component={Link} to={`/p/${project}/records?record=${encodeURIComponent(seed.id)}`} size="xs">
            {seed.labels.join(', ') || 'seed'} · {seed.source ?? seed.id.slice(0, 8)}
          </Anchor>
        </div>
      ))}
    </Stack>
  )
}

function Steps({ steps }: Pick<Lineage, 'steps'>) {
  return (
    <Stack gap="xs">
      {steps.map(({ kind, field, before, after }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps follow one another
        <div key={i}>
          <Text size="sm" fw={500}>
            {kind} on {field}
          </Text>
          {before !== null && (
            <Text size="sm" c="dimmed" className="generated-text">
              {before}
            </Text>
          )}
          {after !== null && (
            <Text size="sm" className="generated-text">
              {after}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  )
}
