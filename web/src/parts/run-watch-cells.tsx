/** How full each cell is; those that still fill come first. */
import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import styles from './run-watch.module.css'
import { share } from './run-watch-funnel.tsx'
import { shownCount } from './run-watch-words.ts'

const mostShown = 120

export function RunCells({ targets, tallies }: Pick<RunView, 'targets' | 'tallies'>) {
  const [all, setAll] = useState(false)
  const cells = Object.entries(targets).map(([cell, target]) => ({ cell, target, kept: tallies[cell]?.kept ?? 0 }))
  // In the order of the generator otherwise, so that nothing moves about but what is full.
  const sorted = cells.toSorted((a, b) => Number(a.kept >= a.target) - Number(b.kept >= b.target))
  const shown = all ? sorted : sorted.slice(0, mostShown)
  const full = cells.filter(({ kept, target }) => kept >= target).length
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {shownCount(full)} of {shownCount(cells.length)} full
      </Text>
      <ul className={styles.cells}>
        {shown.map(({ cell, target, kept }) => (
          <li key={cell} className={styles.cell}>
            <div className={styles.cellHead}>
              <span className={styles.cellName} title={cell} dir="auto">
                {cell === '' ? 'all' : cell}
              </span>
              <span className={styles.number}>
                {shownCount(kept)}/{shownCount(target)}
              </span>
            </div>
            <div className={styles.track} aria-hidden="true">
              <span className={styles.fill} style={{ width: share(kept, target) }} />
            </div>
          </li>
        ))}
      </ul>
      {sorted.length > shown.length && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          Show all {shownCount(sorted.length)} cells
        </Button>
      )}
    </>
  )
}
