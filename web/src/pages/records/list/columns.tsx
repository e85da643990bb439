/** The columns of the list: how wide each is, from which width of the list on it is shown, and what stands in it. */
import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import { LabelBadge } from '../../../parts/label-badge.tsx'
import { RecordText } from '../../../parts/record-text.tsx'
import type { StudioRecord } from '../record-types.ts'
import styles from '../records.module.css'
import { StatusMark } from './status-mark.tsx'

export interface CellContext {
  /** Place in the list, from 0. */
  at: number
  colours: (label: string) => string
  /** Whose score is shown. */
  critic: string | undefined
}

interface Column {
  id: string
  head: string
  /** As in `grid-template-columns`. */
  size: string
  /** Least width of the list, in pixels. */
  least: number
  cell: (record: StudioRecord, context: CellContext) => ReactNode
}

const columns: Column[] = [
  {
    ...{ id: 'place', head: 'No.', size: '3.6rem', least: 900 },
    cell: (_, { at }) => (at + 1).toLocaleString('en'),
  },
  {
    ...{ id: 'status', head: 'Status', size: '6.8rem', least: 0 },
    cell: ({ status }) => <StatusMark status={status} />,
  },
  {
    ...{ id: 'text', head: 'Record', size: 'minmax(12rem, 5fr)', least: 0 },
    cell: (record, { colours }) => <RecordText record={record} colours={colours} lines={1} />,
  },
  {
    ...{ id: 'labels', head: 'Labels', size: 'minmax(7rem, 1.6fr)', least: 0 },
    cell: ({ labels }, { colours }) => <Labels labels={labels} colours={colours} />,
  },
  {
    ...{ id: 'tags', head: 'Tags', size: 'minmax(5rem, 1fr)', least: 820 },
    cell: ({ tags }) => <Tags tags={tags} />,
  },
  {
    ...{ id: 'score', head: 'Score', size: '4.5rem', least: 700 },
    cell: ({ verdicts }, { critic }) => verdicts.findLast(verdict => verdict.critic === critic)?.score ?? '–',
  },
  { ...{ id: 'origin', head: 'Origin', size: 'minmax(6.5rem, 1fr)', least: 1000 }, cell: originOf },
  { ...{ id: 'split', head: 'Split', size: '5rem', least: 1150 }, cell: ({ split }) => split },
]

const narrow: Column = {
  ...{ id: 'card', head: 'Records', size: 'minmax(0, 1fr)', least: 0 },
  cell: (record, { colours }) => (
    <div className={styles.card}>
      <RecordText record={record} colours={colours} lines={2} />
      <div className={styles.badges}>
        <StatusMark status={record.status} />
        <Labels labels={record.labels} colours={colours} />
        <Tags tags={record.tags} />
      </div>
    </div>
  ),
}

/** Pixels below which each record is a card. */
const narrowest = 620

export function columnsFor(width: number, critic: string | undefined): { shown: Column[]; rowHeight: number } {
  if (width < narrowest) return { shown: [narrow], rowHeight: 88 }
  const shown = columns.filter(({ id, least }) => least <= width && (id !== 'score' || critic !== undefined))
  return { shown, rowHeight: 44 }
}

export function originOf({ outcome, source, run }: StudioRecord): string {
  if (source !== null) return source
  const grown = run === null ? 'a run' : `run ${run.slice(0, 8)}`
  return outcome === 'restored' ? `restored, ${grown}` : grown
}

function Labels({ labels, colours }: { labels: string[]; colours: (label: string) => string }) {
  return (
    <span className={styles.badges}>
      {labels.map(label => (
        <LabelBadge key={label} label={label} colour={colours(label)} />
      ))}
    </span>
  )
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <span className={styles.badges}>
      {tags.map(tag => (
        <Badge key={tag} variant="default" tt="none" fw={500} size="sm" style={{ flex: 'none' }}>
          {tag}
        </Badge>
      ))}
    </span>
  )
}
