/** What can be done with the selected records together. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { useState } from 'react'
import type { Decision } from '../../../../../src/model/decision.ts'
import { TagDialog } from '../review/tag-dialog.tsx'

type Omitted<T> = T extends unknown ? Omit<T, 'record'> : never
/** A decision without its record. */
export type BulkDecision = Exclude<Omitted<Decision>, { kind: 'edit' }>

interface BulkBarProps {
  /** How many are selected. */
  count: number
  /** Everything that matches is. */
  all: boolean
  /** How many match in all; undefined while nobody knows. */
  matching: number | undefined
  labels: string[]
  closed: boolean
  tags: string[]
  isEntities: boolean
  isBusy: boolean
  onDecide: (decision: BulkDecision, did: string) => void
  onAll: () => void
  onClear: () => void
}

type Asked = 'tag' | 'untag' | 'relabel'

const titles = { tag: 'Tag the selected', untag: 'Take a tag away', relabel: 'Give a label to the selected' } as const
const buttons = { tag: 'Tag', untag: 'Take away', relabel: 'Give label' } as const

export function BulkBar(props: BulkBarProps) {
  const { count, all, matching, labels, closed, tags, isEntities, isBusy, onDecide, onAll, onClear } = props
  const [asked, setAsked] = useState<Asked>()
  const shown = all ? (matching?.toLocaleString('en') ?? 'All that match') : count.toLocaleString('en')
  const acts: { name: string; act: () => void }[] = [
    { name: 'Accept', act: () => onDecide({ kind: 'accept' }, 'Accepted') },
    { name: 'Reject', act: () => onDecide({ kind: 'reject' }, 'Rejected') },
    { name: 'Make pending', act: () => onDecide({ kind: 'reset' }, 'Made pending') },
    { name: 'Tag …', act: () => setAsked('tag') },
    { name: 'Untag …', act: () => setAsked('untag') },
    ...(isEntities ? [] : [{ name: 'Relabel …', act: () => setAsked('relabel') }]),
  ]
  const answer = (name: string) => {
    if (asked === 'relabel') {
      const label = closed ? labels.find(one => one.toLowerCase() === name.toLowerCase()) : name
      onDecide({ kind: 'relabel', labels: [label ?? name] }, `Labelled ${label ?? name}`)
    } else if (asked) onDecide({ kind: asked, tag: name }, asked === 'tag' ? `Tagged “${name}”` : `Untagged “${name}”`)
  }
  return (
    <Paper withBorder px="sm" py={6} role="region" aria-label="Selected records">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {shown} selected
        </Text>
        {acts.map(({ name, act }) => (
          <Button key={name} size="compact-sm" variant="default" disabled={isBusy} onClick={act}>
            {name}
          </Button>
        ))}
        {!all && matching !== undefined && matching > count && (
          <Button size="compact-sm" variant="subtle" onClick={onAll}>
            Select all {matching.toLocaleString('en')} that match
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
          Select none
        </Button>
      </Group>
      {asked && (
        <TagDialog
          title={titles[asked]}
          label={asked === 'relabel' ? 'Label' : 'Tag'}
          known={asked === 'relabel' ? labels : tags}
          button={buttons[asked]}
          onTag={answer}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Paper>
  )
}
