/** Records per label, before the run and now. */
import { Text } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'
import styles from '../../parts/run-watch.module.css'
import { share } from '../../parts/run-watch-funnel.tsx'
import { shownCount } from '../../parts/run-watch-words.ts'

const mostShown = 100

export function ReportBalance({ balance }: Pick<AnswerOf<'runReport'>, 'balance'>) {
  const most = Math.max(...balance.map(({ after }) => after), 1)
  return (
    <>
      <Text size="sm" c="dimmed">
        Records before the run → after it.
      </Text>
      <table className={styles.funnel} aria-label="Records per label, before the run and now">
        <tbody>
          {balance.slice(0, mostShown).map(({ label, before, after }) => (
            <tr key={label}>
              <th scope="row" className={styles.funnelName}>
                {label === '' ? 'without a label' : label}
              </th>
              <td className={styles.funnelBar} aria-hidden="true">
                <span className={styles.track}>
                  <span className={styles.fillQuiet} style={{ width: share(before, most) }} />
                  <span className={styles.fill} style={{ width: share(after - before, most) }} />
                </span>
              </td>
              <td className={styles.number}>
                {shownCount(before)} → {shownCount(after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {balance.length > mostShown && (
        <Text size="sm" c="dimmed">
          … and {shownCount(balance.length - mostShown)} more labels, all of them in the downloaded report.
        </Text>
      )}
    </>
  )
}
