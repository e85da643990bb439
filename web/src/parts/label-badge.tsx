/** A label in its colour. The text keeps the page’s own colour, so that it can be read whatever was chosen. */
import type { CSSProperties } from 'react'
import styles from './label-badge.module.css'

type LabelStyle = CSSProperties & { '--label-colour': string }

/** `colour` as `#rrggbb`; without one it is grey. A long label is cut, and whole in its tooltip. */
export function LabelBadge({ label, colour = '#868e96' }: { label: string; colour?: string }) {
  const style: LabelStyle = { '--label-colour': colour }
  return (
    <span className={styles.badge} title={label} style={style}>
      <bdi>{label}</bdi>
    </span>
  )
}
