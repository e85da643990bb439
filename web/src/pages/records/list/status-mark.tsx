/** What a person decided of a record, as a sign and a word. */
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import type { StudioRecord } from '../record-types.ts'
import styles from '../records.module.css'

const statusWords = { pending: 'Pending', accepted: 'Accepted', rejected: 'Rejected' } as const

const signs = {
  pending: { Sign: IconCircleDashed, colour: 'var(--mantine-color-dimmed)' },
  accepted: { Sign: IconCircleCheck, colour: 'var(--mantine-primary-color-filled)' },
  rejected: { Sign: IconCircleX, colour: 'var(--mantine-color-red-filled)' },
} as const

export function StatusMark({ status }: { status: StudioRecord['status'] }) {
  const { Sign, colour } = signs[status]
  return (
    <span className={styles.status}>
      <Sign size={17} color={colour} aria-hidden="true" />
      {statusWords[status]}
    </span>
  )
}
