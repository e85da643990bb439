/** Templates with their slots in colour: to read, and to write. */
import { Input } from '@mantine/core'
import { type CSSProperties, type ReactNode, useId } from 'react'
import styles from './templates.module.css'
import { partsOf } from './templates-slots.ts'

type ColourOf = (slot: string) => string

const coloured = (colour: string) => ({ '--slot-colour': colour }) as CSSProperties

export function SlotText({ template, colourOf }: { template: string; colourOf: ColourOf }): ReactNode {
  return partsOf(template).map(({ text, slot }, at) =>
    slot === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <mark key={at} className={styles['slot']} style={coloured(colourOf(slot))}>
        {text}
      </mark>
    ),
  )
}

export function SlotChip({ slot, colour }: { slot: string; colour: string }) {
  return (
    <span className={styles['chip']} style={coloured(colour)}>
      {`{${slot}}`}
    </span>
  )
}

interface SlotEditorProps {
  label: string
  value: string
  onChange: (template: string) => void
  colourOf: ColourOf
  error?: string | undefined
  placeholder?: string
}

/** A field as high as its text, whose slots are coloured behind the letters. */
export function SlotEditor({ label, value, onChange, colourOf, error, placeholder }: SlotEditorProps) {
  const id = useId()
  return (
    <Input.Wrapper id={id} label={label} error={error}>
      <div className={styles['editor']}>
        <div className={styles['backdrop']} aria-hidden="true">
          <SlotText template={value} colourOf={colourOf} />
          {'\n'}
        </div>
        <textarea
          id={id}
          className={styles['field']}
          value={value}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onChange={event => onChange(event.currentTarget.value)}
          rows={1}
        />
      </div>
    </Input.Wrapper>
  )
}

/** A filled text with its entities in the colours of the slots that they came from. */
export function FilledText(props: {
  text: string
  spans: readonly { start: number; end: number; label: string }[]
  colourOf: (label: string) => string
}): ReactNode {
  const { text, spans, colourOf } = props
  const parts: ReactNode[] = []
  let from = 0
  for (const { start, end, label } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue
    parts.push(
      text.slice(from, start),
      <mark key={start} className={styles['slot']} style={coloured(colourOf(label))} title={label}>
        {text.slice(start, end)}
      </mark>,
    )
    from = end
  }
  return [...parts, text.slice(from)]
}
