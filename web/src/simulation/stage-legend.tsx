/** What the colours of a picture stand for, and how many of each there are. */
import type { Frame } from '../../../src/simulations/watch/frame.ts'
import { shownCount } from '../parts/figure-words.ts'
import styles from './simulation.module.css'

export function StageLegend({ frame }: { frame: Frame }) {
  const entries = frame.flatMap((layer, place) => {
    if (layer.mark === 'links') return []
    const counts = new Uint32Array(256)
    for (const code of layer.cells) counts[code]!++
    return layer.legend.map((words, at) => ({
      key: `${place} ${words}`,
      words,
      colour: layer.colours[at]!,
      count: counts[at]!,
      round: layer.mark === 'agents' && layer.shape !== 'square',
    }))
  })
  if (entries.length === 0) return null
  return (
    <ul className={styles.legend} aria-label="Legend">
      {entries.map(({ key, words, colour, count, round }) => (
        <li key={key} className={styles.legendEntry}>
          <span className={styles.swatch} data-round={round || undefined} style={{ background: colour }} />
          {words} <span className={styles.figure}>{shownCount(count)}</span>
        </li>
      ))}
    </ul>
  )
}
