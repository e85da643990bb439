/** What each key of the reviewer asks for. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StoredRecord } from '../model/record.ts'
import { displayWidth } from '../text/display-width.ts'
import type { Key } from './line-input.ts'
import { reviewScreen } from './review-screen.ts'
import { press, type ReviewState, type ReviewWish } from './review-state.ts'

const record: StoredRecord = {
  ...{ id: 'r1', project: 'support', position: 0, outcome: 'kept', status: 'pending', split: 'train' },
  ...{ fields: { text: 'Ada lives in Paris' }, labels: ['lost'], tags: ['odd'], cell: 'lost', createdMs: 0 },
  spans: [{ field: 'text', start: 13, end: 18, label: 'LOC' }],
  verdicts: [{ critic: 'judge', pass: true, score: 3 }],
  ...{ run: 'aaaa000000', unit: 4, item: 0, source: null },
}
const labels = ['lost', 'found', 'stolen', ...Array.from({ length: 9 }, (_, i) => `more ${i}`)]
const fresh: ReviewState = {
  ...{ record, at: 2, total: 120, labels, marks: false, mode: { kind: 'record' }, scroll: 0, notice: '' },
}

const named = ['return', 'escape', 'left', 'right', 'up', 'down', 'backspace', 'enter']
const key = (name: string): Key => ({ name, text: named.includes(name) ? '' : name, ctrl: false, alt: false })
const type = (state: ReviewState, ...keys: (string | Key)[]) => {
  const wishes: ReviewWish[] = []
  for (const each of keys) {
    const { state: next, wish } = press(state, typeof each === 'string' ? key(each) : each)
    state = next
    if (wish) wishes.push(wish)
  }
  return { state, wishes }
}

it('decides with one key', () => {
  const decided = (...keys: string[]) => type(fresh, ...keys).wishes
  expect(decided('a')).toEqual([{ kind: 'decide', decision: { kind: 'accept', record: 'r1' } }])
  expect(decided('r')).toEqual([{ kind: 'decide', decision: { kind: 'reject', record: 'r1' } }])
  expect(decided('u')).toEqual([{ kind: 'undo' }])
  expect(decided('s', ' ', 'b')).toEqual([1, 1, -1].map(by => ({ kind: 'move', by })))
  expect(decided('q')).toEqual([{ kind: 'quit', interrupted: false }])
  expect(type(fresh, { ...key('c'), ctrl: true, text: '' }).wishes).toEqual([{ kind: 'quit', interrupted: true }])
  expect(decided('x', 'return', 'A')).toEqual([])
})

it('relabels by digit, by name, and by the beginning of a name that fits one', () => {
  const relabelled = (...keys: string[]) =>
    type(fresh, 'l', ...keys).wishes.map(wish => (wish.kind === 'decide' ? wish.decision : wish))
  expect(relabelled('2')).toEqual([{ kind: 'relabel', record: 'r1', labels: ['found'] }])
  expect(relabelled(...'St', 'return')).toEqual([{ kind: 'relabel', record: 'r1', labels: ['stolen'] }])
  expect(relabelled(...'more', 'return')).toEqual([{ kind: 'relabel', record: 'r1', labels: ['more'] }])
  expect(relabelled(...'new', 'return')).toEqual([{ kind: 'relabel', record: 'r1', labels: ['new'] }])
  expect(relabelled('return')).toEqual([])
  expect(relabelled('f', 'escape')).toEqual([])
})

it('tags, and takes a tag off that is there', () => {
  const tagged = (...keys: string[]) => type(fresh, 't', ...keys, 'return').wishes
  expect(tagged(...'new')).toEqual([{ kind: 'decide', decision: { kind: 'tag', record: 'r1', tag: 'new' } }])
  expect(tagged(...'odd')).toEqual([{ kind: 'decide', decision: { kind: 'untag', record: 'r1', tag: 'odd' } }])
})

it('edits the text as it stands, its spans marked', () => {
  const { wishes } = type(fresh, 'e', ...'!', 'return')
  expect(wishes).toEqual([
    { kind: 'edit', field: 'text', typed: { text: 'Ada lives in [[LOC: Paris]]!', marked: true } },
  ])
  const two = { ...fresh, record: { ...record, fields: { input: 'a', output: 'b' }, spans: [] } }
  expect(type(two, 'e', '2', ...'c', 'return').wishes).toEqual([
    { kind: 'edit', field: 'output', typed: { text: 'bc', marked: false } },
  ])
  expect(type(two, 'e', '7', 'escape', 'a').wishes).toHaveLength(1)
})

it('takes nothing of a paste for a command', () => {
  const pasted = [...'aarq\n'].map((text): Key => ({ ...key(text === '\n' ? 'enter' : text), text, pasted: true }))
  expect(type(fresh, ...pasted)).toEqual({ state: fresh, wishes: [] })
  expect(type(fresh, 't', ...pasted, 'return').wishes).toEqual([
    { kind: 'decide', decision: { kind: 'tag', record: 'r1', tag: 'aarq' } },
  ])
})

it('past the last record decides nothing, and can go back or quit', () => {
  const { wishes } = type({ ...fresh, record: undefined, at: 120 }, 'a', 'r', 'e', 'l', 't', 's', 'b', 'q')
  expect(wishes).toEqual([
    { kind: 'move', by: 0 },
    { kind: 'move', by: -1 },
    { kind: 'quit', interrupted: false },
  ])
})

it('shows all of a state within the terminal, whatever it is, and nothing a terminal would obey but the cursor', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '語', '😀', '\u001b', '\u202e', '\x07', 'long', '\t'),
  })
  const keys = fc.array(fc.constantFrom('a', 'e', 'l', 't', '?', '1', 'x', 'return', 'escape', 'left', 'down', 'enter'))
  const span = { field: 'text', start: 0, end: 1, label: '\u001b[2J' }
  fc.assert(
    fc.property(text, keys, fc.integer({ min: 30, max: 120 }), fc.boolean(), (text, pressed, columns, marked) => {
      const shown = { ...record, fields: { text }, tags: [text], spans: marked && text !== '' ? [span] : [] }
      const { state } = type({ ...fresh, record: shown, notice: text }, ...pressed)
      const rows = 40
      const lines = reviewScreen(state, { columns, rows })
      expect(lines.length).toBeLessThanOrEqual(rows)
      for (const line of lines) {
        const seen = line.replace('\u001b[7m', '').replace('\u001b[27m', '')
        expect(seen).not.toMatch(/[\p{Cc}\u202e]/u)
        expect(displayWidth(seen)).toBeLessThanOrEqual(columns)
      }
    }),
  )
})

it('shows where it is, what the record says and which keys there are', () => {
  const screen = reviewScreen(fresh, { columns: 80, rows: 24 })
  expect(screen).toHaveLength(24)
  const all = screen.join('\n')
  for (const part of [
    '3 of 120',
    'pending',
    'label: lost',
    'tags: odd',
    '[[LOC: Paris]]',
    'judge passed (3)',
    'unit 4',
  ])
    expect(all).toContain(part)
  expect(all).toContain('a accept')
  expect(reviewScreen(type(fresh, 'l').state, { columns: 80, rows: 24 }).join('\n')).toMatch(
    /1\slost · 2\sfound.*and 3 more/s,
  )
  const long = { ...fresh, record: { ...record, fields: { text: 'word '.repeat(1000) }, spans: [] } }
  const scrolled = reviewScreen(type(long, 'down', 'down').state, { columns: 80, rows: 24 })
  expect(scrolled.join('\n')).toMatch(/↑ 3 more lines/)
  expect(scrolled.join('\n')).toMatch(/↓ \d+ more lines/)
})
