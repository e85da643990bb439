/** Kept and proposed over time, as a small line. */
import { Text } from '@mantine/core'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import styles from './run-watch.module.css'
import { shownCount, shownDuration } from './run-watch-words.ts'

export function RunHistory({ history }: Pick<RunView, 'history'>) {
  const first = history[0]
  const last = history.at(-1)
  if (!first || !last || history.length < 3) return null
  const most = Math.max(last.candidates, last.kept, 1)
  const span = Math.max(1, last.atMs - first.atMs)
  const line = (of: 'kept' | 'candidates') =>
    history.map(moment => `${((moment.atMs - first.atMs) / span) * 100},${39 - (38 * moment[of]) / most}`).join(' ')
  const said = `In the last ${shownDuration(span)}: from ${shownCount(first.kept)} to ${shownCount(last.kept)} kept, from ${shownCount(first.candidates)} to ${shownCount(last.candidates)} proposed.`
  return (
    <div>
      <svg className={styles.history} viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={said}>
        <polyline className={styles.historyCandidates} points={line('candidates')} />
        <polyline className={styles.historyKept} points={line('kept')} />
      </svg>
      <Text size="xs" c="dimmed">
        Kept (line) and proposed (dashes) in the last {shownDuration(span)}
      </Text>
    </div>
  )
}
