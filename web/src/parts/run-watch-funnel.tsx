/** What became of all that was asked for: proposed, let through by each critic, kept. */
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import styles from './run-watch.module.css'
import { type RunTotals, shownCount } from './run-watch-words.ts'

interface FunnelProps {
  run: string
  project: string
  totals: RunTotals
  critics: string[]
}

export function RunFunnel({ run, project, totals, critics }: FunnelProps) {
  const { asked, candidates, surplus, kept, rejected } = totals
  const most = Math.max(asked, candidates, 1)
  let left = candidates
  const rejects = (critic: string, count: number) => (
    <Anchor
      component={Link}
      to={`/p/${project}/runs/${run}?tab=rejects&critic=${encodeURIComponent(critic)}`}
      c="inherit"
      fz="inherit"
      underline="always"
      aria-label={`${shownCount(count)} rejected by ${critic}`}
    >
      −{shownCount(count)}
    </Anchor>
  )
  const quiet = critics.filter(name => !rejected.some(([critic]) => critic === name))
  return (
    <div>
      <table className={styles.funnel} aria-label="What became of what was asked for">
        <tbody>
          <Row name="Asked for" count={asked} most={most} quiet />
          <Row name="Proposed" count={candidates} most={most} quiet />
          {rejected.map(([critic, count]) => {
            left -= count
            return (
              <Row
                key={critic}
                name={`after ${critic}`}
                count={left}
                lost={count}
                most={most}
                loss={rejects(critic, count)}
              />
            )
          })}
          <Row
            name="Kept"
            count={kept}
            most={most}
            loss={
              surplus > 0 && (
                <span title="Nothing was wrong with these: their cell was full">{shownCount(surplus)} surplus</span>
              )
            }
          />
        </tbody>
      </table>
      {candidates > 0 && quiet.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          Nothing was rejected by {quiet.join(', ')}.
        </Text>
      )}
    </div>
  )
}

function Row(row: { name: string; count: number; most: number; lost?: number; loss?: ReactNode; quiet?: boolean }) {
  const { name, count, most, lost = 0, loss, quiet = false } = row
  return (
    <tr>
      <th scope="row" className={styles.funnelName} title={name}>
        {name}
      </th>
      <td className={styles.funnelBar} aria-hidden="true">
        <span className={styles.track}>
          <span className={quiet ? styles.fillQuiet : styles.fill} style={{ width: share(count, most) }} />
          <span className={styles.fillWaste} style={{ width: share(lost, most) }} />
        </span>
      </td>
      <td className={styles.number}>{shownCount(count)}</td>
      <td className={styles.loss}>{loss}</td>
    </tr>
  )
}

/** As a length; something is seen of everything above 0. */
export function share(count: number, most: number): string {
  if (count <= 0 || most <= 0) return '0'
  return `${Math.max(0.5, Math.min(100, (100 * count) / most))}%`
}
