/** Marks entities in one text, by selecting them with the mouse or the keyboard. */
import { Button, Group, Kbd, Stack, Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Span } from '../../../src/model/record.ts'
import { type Marking, mark, ordered, without } from './record-marking.ts'
import { isRightToLeft, moved } from './record-offsets.ts'
import { caretAt, readSelection, type Selected, writeSelection } from './record-selection.ts'
import { SpanList } from './record-span-list.tsx'
import styles from './record-text.module.css'
import { MarkedText } from './record-text.tsx'

interface AnnotatorProps {
  text: string
  field: string
  /** Of this field. */
  spans: Span[]
  labels: string[]
  colours?: (label: string) => string
  /** Whether other labels than these may be given. */
  open?: boolean
  onChange: (spans: Span[]) => void
}

export function RecordAnnotator({ text, field, spans, labels, colours, open = false, onChange }: AnnotatorProps) {
  const root = useRef<HTMLDivElement>(null)
  const [selected, setSelected] = useState<Selected>()
  /** As it was last moved: the browser tells of a move later, and drawing is later still. */
  const latest = useRef<Selected>(undefined)
  const [asked, setAsked] = useState<Extract<Marking, { kind: 'overlap' }>>()
  const [said, setSaid] = useState('')
  const [other, setOther] = useState('')
  const { atCaret: chosen } = meant(selected)
  /** The selection as it is now: keys may come faster than the page is drawn. */
  function now() {
    return (root.current && readSelection(root.current)) ?? selected
  }
  /** What is selected, all marks around it, and the innermost of them where nothing is selected but a caret stands in it. */
  function meant(at: Selected | undefined) {
    const stretch = at && { start: Math.min(at.anchor, at.focus), end: Math.max(at.anchor, at.focus) }
    const around = stretch ? spans.filter(span => span.start <= stretch.start && stretch.end <= span.end) : []
    return { stretch, around, atCaret: stretch && stretch.start === stretch.end ? around.slice(-1) : [] }
  }

  useEffect(() => {
    const look = () => {
      const now = root.current && readSelection(root.current)
      if (!now) return
      latest.current = now
      setSelected(now)
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [])
  const marks = spans.map(({ start, end, label }) => `${start} ${end} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks change the text’s nodes, and with them where the selection stands
  useLayoutEffect(() => {
    const before = latest.current
    if (before && root.current && document.activeElement === root.current) writeSelection(root.current, before)
  }, [marks])

  const change = (next: Span[], told: string) => {
    setAsked(undefined)
    setSaid(told)
    onChange(ordered(next))
  }
  const give = (label: string) => {
    if (label.trim() === '') return
    const { stretch, atCaret } = meant(now())
    const [one] = atCaret
    if (one) return change([...without(spans, [one]), { ...one, label }], `It is ${label} now.`)
    if (!stretch) return setSaid('Select some text first.')
    const marking = mark(text, spans, field, stretch, label)
    if (marking.kind === 'done') change(marking.spans, marking.said)
    else if (marking.kind === 'overlap') setAsked(marking)
    else setSaid(marking.said)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? Number(event.key) : 0
    const label = labels[digit - 1]
    const at = now()
    if (digit && label !== undefined) give(label)
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      const gone = meant(at).around.slice(-1)
      if (gone.length > 0) change(without(spans, gone), 'The mark is gone.')
    } else if (event.key === 'Escape' && at && at.anchor !== at.focus && root.current)
      writeSelection(root.current, { anchor: at.focus, focus: at.focus })
    else if (!root.current || !moveCaret(root.current, text, at ?? { anchor: 0, focus: 0 }, event)) return
    latest.current = now()
    event.preventDefault()
    event.stopPropagation()
  }
  const onFocus = () => {
    if (root.current && !readSelection(root.current)) writeSelection(root.current, selected ?? { anchor: 0, focus: 0 })
  }

  return (
    <Stack gap="xs">
      <Group gap={6} role="toolbar" aria-label="Labels to mark with">
        {labels.map((label, i) => (
          <Button
            key={label}
            size="compact-sm"
            variant="default"
            onPointerDown={keepSelection}
            onClick={() => give(label)}
            leftSection={<span style={{ width: 10, height: 10, borderRadius: 5, background: colours?.(label) }} />}
            rightSection={i < 9 ? <Kbd size="xs">{i + 1}</Kbd> : undefined}
          >
            {label}
          </Button>
        ))}
        {open && (
          <form
            onSubmit={event => {
              event.preventDefault()
              give(other.trim())
            }}
          >
            <TextInput
              size="xs"
              w={150}
              value={other}
              onChange={event => setOther(event.currentTarget.value)}
              aria-label="Another label"
              placeholder="Another label, Enter"
            />
          </form>
        )}
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: an input cannot show marks */}
      <div
        ref={root}
        className={`${styles.text} ${styles.annotator}`}
        role="textbox"
        aria-readonly="true"
        aria-multiline="true"
        aria-label={`Text of ${field}: select words, then press the number of a label`}
        tabIndex={0}
        dir="auto"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <MarkedText text={text} spans={spans} chosen={chosen} {...(colours && { colours })} />
        <Caret root={root} selected={selected} text={text} spans={spans} />
      </div>
      {asked && (
        <Group gap="xs" role="group" aria-label="Overlap">
          <Text size="sm">
            “{text.slice(asked.span.start, asked.span.end)}” overlaps{' '}
            {asked.others.map(({ label, start, end }) => `${label} “${text.slice(start, end)}”`).join(', ')}.
          </Text>
          <Button
            size="compact-sm"
            autoFocus
            onClick={() =>
              change([...without(spans, asked.others), asked.span], 'The new mark took the place of the old.')
            }
          >
            Replace
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => change([...spans, asked.span], 'Both marks are kept.')}
          >
            Keep both
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsked(undefined)}>
            Cancel
          </Button>
        </Group>
      )}
      <SpanList text={text} spans={spans} labels={labels} onChange={change} />
      <Text size="xs" c="dimmed" role="status" mih="1.2em">
        {said}
      </Text>
    </Stack>
  )
}

function keepSelection(event: PointerEvent): void {
  event.preventDefault()
}

/** Whether the key moves a caret. */
function moveCaret(root: HTMLElement, text: string, { anchor, focus }: Selected, event: KeyboardEvent): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event
  const to = (place: number) => writeSelection(root, { anchor: shiftKey ? anchor : place, focus: place })
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const forward = (key === 'ArrowRight') !== isRightToLeft(text, focus)
    to(moved(text, focus, ctrlKey || altKey ? 'word' : 'letter', forward))
  } else if (key === 'a' && (ctrlKey || metaKey)) writeSelection(root, { anchor: 0, focus: text.length })
  else if ((key === 'Home' || key === 'End') && ctrlKey) to(key === 'Home' ? 0 : text.length)
  else if (['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) {
    const isLine = key === 'ArrowUp' || key === 'ArrowDown'
    const direction = key === 'ArrowUp' || key === 'Home' ? 'backward' : 'forward'
    document.getSelection()?.modify(shiftKey ? 'extend' : 'move', direction, isLine ? 'line' : 'lineboundary')
    // Past the first or last line the selection leaves the text.
    if (!readSelection(root)) to(direction === 'backward' ? 0 : text.length)
  } else return false
  return true
}

function Caret({
  root,
  selected,
  text,
  spans,
}: {
  root: { current: HTMLDivElement | null }
  selected: Selected | undefined
  text: string
  spans: Span[]
}) {
  const [place, setPlace] = useState<{ left: number; top: number; height: number }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: text and marks move what stands at an offset
  useLayoutEffect(() => {
    setPlace(root.current && selected ? caretAt(root.current, selected.focus) : undefined)
  }, [selected, text, spans])
  return place ? <span className={styles.caret} style={place} aria-hidden="true" /> : null
}
