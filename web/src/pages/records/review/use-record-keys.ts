/** What each key does to the record one is at. */
import type { StudioRecord } from '../record-types.ts'
import type { Cursor } from '../use-cursor.ts'
import type { useDecide } from './use-decide.ts'
import { type KeyHandlers, useKeys } from './use-keys.ts'

interface RecordKeysProps {
  now: { readonly current: Cursor }
  move: (to: Cursor) => void
  count: number
  /** The record at the cursor, or the promise of it while it is read. */
  current: () => StudioRecord | undefined | Promise<StudioRecord | undefined>
  reviewing: ReturnType<typeof useDecide>
  labels: string[]
  isEntities: boolean
  select: { toggle: (at: number, through: boolean) => void; add: (from: number, to: number) => void }
  onTag: (record: StudioRecord) => void
  onEdit: (record: StudioRecord) => void
  onSearch: () => void
  onFilter: () => void
  onHelp: () => void
  onLeave: () => void
}

export const doneWords = { accept: 'Accepted', reject: 'Rejected', reset: 'Made pending' } as const

export function useRecordKeys(props: RecordKeysProps): void {
  const { now, move, count, current, labels, isEntities, select } = props
  const { decide, undo, say, queue } = props.reviewing
  const goTo = (at: number) => {
    move({ at: Math.max(0, Math.min(at, count - 1)), open: now.current.open })
  }
  const by = (step: number) => () => goTo(now.current.at + step)
  /** Does it at once where the record is read; else the keys after it wait. */
  const withRecord = (act: (record: StudioRecord, key: string) => void) => (key: string) => {
    const read = current()
    const carryOut = (record: StudioRecord | undefined) => record && act(queue.shown(record), key)
    if (read instanceof Promise) return read.then(record => void carryOut(record))
    carryOut(read)
  }
  const judge = (kind: keyof typeof doneWords) =>
    withRecord(record => {
      const { at } = now.current
      decide([record], ({ id }) => [{ kind, record: id }], doneWords[kind], at)
      if (kind === 'reset') return
      if (at < count - 1) goTo(at + 1)
      else say(`${doneWords[kind]}. That was the last one.`)
    })
  const label = (isToggle: boolean) =>
    withRecord((record, key) => {
      const name = labels[Number(key) - 1]
      if (isEntities) return say('Open the record and select words in its text; then numbers mark them.')
      if (name === undefined) return say(`There is no label ${key}.`)
      const others = record.labels.filter(other => other !== name)
      const next = !isToggle ? [name] : others.length < record.labels.length ? others : [...record.labels, name]
      const did = next.length === 0 ? 'Took the label away from' : `Labelled ${next.join(', ')}:`
      decide([record], ({ id }) => [{ kind: 'relabel', record: id, labels: next }], did, now.current.at)
    })
  const extend = (step: number) => () => {
    const from = now.current.at
    goTo(from + step)
    select.add(from, now.current.at)
  }
  const handlers: KeyHandlers = {
    next: by(1),
    previous: by(-1),
    pageDown: by(10),
    pageUp: by(-10),
    first: () => goTo(0),
    last: () => goTo(count - 1),
    open: () => move({ ...now.current, open: true }),
    accept: judge('accept'),
    reject: judge('reject'),
    reset: judge('reset'),
    undo: () => {
      const at = undo()
      if (at !== undefined) goTo(at)
    },
    edit: withRecord(props.onEdit),
    label: label(false),
    toggleLabel: label(true),
    tag: withRecord(props.onTag),
    select: () => select.toggle(now.current.at, false),
    selectNext: extend(1),
    selectPrevious: extend(-1),
    search: props.onSearch,
    filter: props.onFilter,
    help: props.onHelp,
    leave: props.onLeave,
  }
  useKeys(handlers)
}
