/** Shares of a whole as one bar of colours, and in words for whoever does not see it. */
import { Box, Tooltip } from '@mantine/core'
import styles from './share-bar.module.css'

export interface Share {
  name: string
  count: number
  /** CSS colour. */
  colour: string
}

/** `of`: the whole; what the shares leave of it stays empty. */
export function ShareBar({ label, shares, of }: { label: string; shares: Share[]; of?: number }) {
  const filled = shares.filter(({ count }) => count > 0)
  const total = of ?? filled.reduce((sum, { count }) => sum + count, 0)
  const words = filled.map(({ name, count }) => `${name} ${count.toLocaleString('en')}`).join(', ')
  return (
    <Box className={styles.bar} role="img" aria-label={`${label}: ${words || 'none'}`}>
      {filled.map(({ name, count, colour }) => (
        <Tooltip key={name} label={`${name}: ${count.toLocaleString('en')}`}>
          <span className={styles.share} style={{ width: `${(100 * count) / total}%`, background: colour }} />
        </Tooltip>
      ))}
    </Box>
  )
}
