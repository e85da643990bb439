/** A record's fields as text, entities marked with their labels. Whatever they hold is shown as text, never as HTML. */
import type { CSSProperties } from 'react'
import type { Json } from '../../../src/model/json.ts'
import type { Span } from '../../../src/model/record.ts'
import { segmentsOf } from './record-segments.ts'
import styles from './record-text.module.css'

interface RecordTextProps {
  record: { fields: Record<string, Json>; labels: string[]; spans: Span[] }
  /** Colour of a label, as `#rrggbb`. */
  colours?: (label: string) => string
  /** Shows so many lines at most, fields one after another; without it, all, a field below the other. */
  lines?: number
}

export function RecordText({ record, colours, lines }: RecordTextProps) {
  const fields = Object.entries(record.fields)
  const isNamed = fields.length > 1 || fields[0]?.[0] !== 'text'
  if (fields.length === 0) return <span className={styles.field}>No fields</span>
  const clamped = lines === undefined ? undefined : { WebkitLineClamp: lines }
  const Part = lines === undefined ? 'div' : 'span'
  return (
    <div
      className={lines === undefined ? undefined : `${styles.text} ${styles.clamped} ${styles.inline}`}
      style={clamped}
    >
      {fields.map(([name, value]) => (
        <Part key={name} className={styles.part}>
          {isNamed && <Part className={styles.field}>{name}</Part>}
          <Part className={lines === undefined ? styles.text : undefined} dir="auto">
            <MarkedText
              text={shownText(value, lines)}
              spans={record.spans.filter(({ field }) => field === name)}
              {...(colours && { colours })}
            />
          </Part>
        </Part>
      ))}
    </div>
  )
}

/** A text with its spans marked. The text nodes hold the text and nothing else, so that offsets can be counted in them. */
export function MarkedText({
  text,
  spans,
  colours = () => '#868e96',
  chosen = [],
}: {
  text: string
  spans: Span[]
  colours?: (label: string) => string
  chosen?: Span[]
}) {
  return segmentsOf(text, spans).map(segment => {
    const inner = segment.spans.at(-1)
    if (!inner) return segment.text
    const ending = segment.ending.map(({ label }) => label).join(' · ')
    return (
      <mark
        key={segment.start}
        className={styles.mark}
        style={markStyle(segment.spans, colours)}
        {...(ending && { 'data-ending': ending })}
        {...(segment.spans.some(span => chosen.includes(span)) && { 'data-chosen': '' })}
      >
        {segment.text}
      </mark>
    )
  })
}

/** One line below the text for each span over it, so that overlapping ones can be told apart. */
function markStyle(spans: Span[], colours: (label: string) => string): CSSProperties {
  const colour = colours(spans.at(-1)?.label ?? '')
  const lines = spans.map(({ label }, i) => `0 ${(spans.length - i) * 2}px 0 ${colours(label)}`)
  return { '--mark': colour, '--lines': lines.toReversed().join(', ') } as CSSProperties
}

/** Beyond this, a row cannot show it anyway. */
const mostCharactersOfLine = 600

function shownText(value: Json, lines: number | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return lines === undefined ? text : text.slice(0, mostCharactersOfLine * lines)
}
