/** How the records spread over labels or entity types, which are short, and what that means. */
import { Anchor, Button, Group, Paper, Spoiler, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlant2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ShownBalance } from '../../../../src/model/api/projects.ts'
import { labelColour } from '../../../../src/model/label-colours.ts'
import type { Project } from '../../../../src/model/project.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import styles from './balance-card.module.css'

type Row = ShownBalance['rows'][number]

/** More bars than these are shown when asked for. */
const barsShown = 15

export function BalanceCard({ project }: { project: Project }) {
  const balance = useEndpoint(
    'projectBalance',
    { params: { project: project.name }, query: {} },
    { keepPrevious: true },
  )
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="balance">
      <Stack gap="md">
        <Title order={2} size="h4" id="balance">
          Balance
        </Title>
        <Loaded of={balance}>{found => <Balance project={project} balance={found} />}</Loaded>
      </Stack>
    </Paper>
  )
}

function Balance({
  project,
  balance: { by, rows, records, without, advice },
}: {
  project: Project
  balance: ShownBalance
}) {
  const [all, setAll] = useState(false)
  const most = Math.max(1, ...rows.map(row => row.records))
  const noun = by === 'entity' ? 'entity type' : 'label'
  // Where many are short, the shortest must be seen without asking.
  const short = rows.filter(row => row.short).slice(-5)
  const shown =
    all || rows.length <= barsShown ? rows : [...new Set([...rows.slice(0, barsShown - short.length), ...short])]
  return (
    <>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {project.kind === 'records' || project.kind === 'text'
            ? 'Its records have no labels; see how they spread over a field on the Records page.'
            : `No record has a ${noun} yet.`}
        </Text>
      )}
      {rows.length > 0 && (
        <Group gap="md" aria-hidden>
          <Legend className={styles.real!}>brought</Legend>
          <Legend className={styles.grown!}>grown</Legend>
        </Group>
      )}
      <ul className={styles.rows} aria-label={`Records by ${noun}`}>
        {shown.map(row => (
          <BalanceBar key={row.value} row={row} project={project} most={most} mayGrow={by === 'label'} />
        ))}
      </ul>
      {shown.length < rows.length && (
        <Button variant="default" size="xs" onClick={() => setAll(true)} style={{ alignSelf: 'flex-start' }}>
          Show all {rows.length}
        </Button>
      )}
      {without > 0 && rows.length > 0 && (
        <Text size="sm" c="dimmed">
          {without.toLocaleString('en')} of {records.toLocaleString('en')} records have no {noun}.
        </Text>
      )}
      {advice.length > 0 && <Advice advice={advice} />}
    </>
  )
}

function Advice({ advice }: { advice: ShownBalance['advice'] }) {
  return (
    <Spoiler maxHeight={130} showLabel="Show all of it" hideLabel="Show less">
      <Title order={3} size="h6" mb={6}>
        What it means
      </Title>
      <Stack gap="xs">
        {advice.map(({ kind, text }) => {
          const { Icon, colour } = adviceLooks[kind]
          return (
            <Group key={text} gap="xs" wrap="nowrap" align="flex-start">
              <Icon
                size={18}
                color={`var(--mantine-color-${colour})`}
                style={{ flex: 'none', marginTop: 2 }}
                aria-hidden
              />
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {isolated(text)}
              </Text>
            </Group>
          )
        })}
      </Stack>
    </Spoiler>
  )
}

/** Names in quotes stand for themselves, whichever way they are written: they turn nothing around them. */
function isolated(text: string): string {
  return text.replaceAll(/“([^”]*)”/g, '“\u2068$1\u2069”')
}

const adviceLooks = {
  fine: { Icon: IconCircleCheck, colour: 'green-7' },
  do: { Icon: IconPlant2, colour: 'blue-6' },
  warning: { Icon: IconAlertTriangle, colour: 'orange-6' },
}

interface BalanceBarProps {
  row: Row
  project: Project
  most: number
  /** Whether there is a generator for more of one value. */
  mayGrow: boolean
}

function BalanceBar({ row, project, most, mayGrow }: BalanceBarProps) {
  const { value, real, grown, records, splits, mentions, short } = row
  const colour = labelColour(value, project)
  const words = [
    `${records.toLocaleString('en')} records`,
    ...(mentions === undefined ? [] : [`${mentions.toLocaleString('en')} mentions`]),
    `${real.toLocaleString('en')} brought, ${grown.toLocaleString('en')} grown`,
    `train ${splits.train.toLocaleString('en')}, validation ${splits.validation.toLocaleString('en')}, test ${splits.test.toLocaleString('en')}`,
  ].join('; ')
  return (
    <li className={styles.row}>
      <span className={styles.label}>
        <LabelBadge label={value} colour={colour} />
      </span>
      <span className={styles.bar} role="img" aria-label={words} title={words}>
        <span className={styles.real} style={{ width: `${(100 * real) / most}%`, '--colour': colour } as object} />
        <span className={styles.grown} style={{ width: `${(100 * grown) / most}%`, '--colour': colour } as object} />
      </span>
      <Text component="span" size="sm" className={styles.count}>
        {records.toLocaleString('en')}
      </Text>
      <span className={styles.more}>
        {short && mayGrow ? (
          <Anchor
            component={Link}
            to={`/p/${project.name}/grow/few-shot?label=${encodeURIComponent(value)}`}
            size="sm"
            style={{ display: 'inline-flex', alignItems: 'center', minHeight: 24 }}
            aria-label={`Short: grow more of ${value}`}
          >
            <Group component="span" gap={4} wrap="nowrap">
              <IconPlant2 size={15} />
              short · grow more
            </Group>
          </Anchor>
        ) : (
          short && (
            <Text component="span" size="sm">
              short
            </Text>
          )
        )}
      </span>
    </li>
  )
}

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <Group gap={6}>
      <span className={className} style={{ width: 18, height: 10, borderRadius: 3, '--colour': '#868e96' } as object} />
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Group>
  )
}
