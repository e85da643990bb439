/** Every key of the Records page, once: what it is, what it does, and what the sheet of keys says. */

export const keyGroups = ['Move', 'Decide', 'Change', 'Select', 'Page'] as const

interface KeyBinding {
  /** As `nameOfKey` gives them. */
  keys: readonly string[]
  /** As people read them. */
  shown: readonly string[]
  act: string
  does: string
  group: (typeof keyGroups)[number]
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export const keyBindings = [
  { keys: ['j', 'ArrowDown'], shown: ['j', '↓'], act: 'next', does: 'Next record', group: 'Move' },
  { keys: ['k', 'ArrowUp'], shown: ['k', '↑'], act: 'previous', does: 'Record before', group: 'Move' },
  { keys: ['PageDown'], shown: ['Page ↓'], act: 'pageDown', does: 'Ten records on', group: 'Move' },
  { keys: ['PageUp'], shown: ['Page ↑'], act: 'pageUp', does: 'Ten records back', group: 'Move' },
  { keys: ['Home'], shown: ['Home'], act: 'first', does: 'First record', group: 'Move' },
  { keys: ['End'], shown: ['End'], act: 'last', does: 'Last record', group: 'Move' },
  { keys: ['Enter', 'o'], shown: ['Enter', 'o'], act: 'open', does: 'Open the record beside the list', group: 'Move' },
  { keys: ['a'], shown: ['a'], act: 'accept', does: 'Accept, and on to the next', group: 'Decide' },
  { keys: ['r'], shown: ['r'], act: 'reject', does: 'Reject, and on to the next', group: 'Decide' },
  { keys: ['u'], shown: ['u'], act: 'reset', does: 'Make it pending again', group: 'Decide' },
  { keys: ['z'], shown: ['z'], act: 'undo', does: 'Take the last decision back', group: 'Decide' },
  { keys: ['e'], shown: ['e'], act: 'edit', does: 'Edit fields, labels and entities', group: 'Change' },
  { keys: digits, shown: ['1', '–', '9'], act: 'label', does: 'Give it this label', group: 'Change' },
  {
    keys: digits.map(digit => `Shift+${digit}`),
    shown: ['Shift', '1', '–', '9'],
    act: 'toggleLabel',
    does: 'Add the label to others, or take it away',
    group: 'Change',
  },
  { keys: ['t'], shown: ['t'], act: 'tag', does: 'Add a tag, or take one away', group: 'Change' },
  { keys: ['x', ' '], shown: ['x', 'Space'], act: 'select', does: 'Select it, or not', group: 'Select' },
  {
    keys: ['Shift+j', 'Shift+ArrowDown'],
    shown: ['Shift', 'j', '↓'],
    act: 'selectNext',
    does: 'Select on to the next record',
    group: 'Select',
  },
  {
    keys: ['Shift+k', 'Shift+ArrowUp'],
    shown: ['Shift', 'k', '↑'],
    act: 'selectPrevious',
    does: 'Select on to the record before',
    group: 'Select',
  },
  { keys: ['/'], shown: ['/'], act: 'search', does: 'Search', group: 'Page' },
  { keys: ['f'], shown: ['f'], act: 'filter', does: 'Filter', group: 'Page' },
  { keys: ['?'], shown: ['?'], act: 'help', does: 'Show this sheet', group: 'Page' },
  { keys: ['Escape'], shown: ['Esc'], act: 'leave', does: 'Close the record, else select nothing', group: 'Page' },
] as const satisfies readonly KeyBinding[]

export type KeyAct = (typeof keyBindings)[number]['act']

const actOfKey = new Map<string, KeyAct>(
  keyBindings.flatMap(({ keys, act }) => keys.map((key): [string, KeyAct] => [key, act])),
)

interface KeyPress {
  key: string
  code: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** The name of a key in the table; on a keyboard without Latin letters, by where the key is. */
function nameOfKey({ key, code, shiftKey }: KeyPress): string {
  // Where these stand differs from country to country; some need Shift.
  if (key === '?' || key === '/') return key
  const isForeign = key.length === 1 && key > '\u007f'
  const place = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  const letter = isForeign && place ? place : key
  if (/^[a-z]$/i.test(letter)) return shiftKey ? `Shift+${letter.toLowerCase()}` : letter.toLowerCase()
  const digit = /^Digit([1-9])$/.exec(code)?.[1]
  if (digit && shiftKey && !/^[0-9]$/.test(key)) return `Shift+${digit}`
  return shiftKey && key.length > 1 ? `Shift+${key}` : key
}

/** What a key is to do here. Undefined where it is not ours. */
export function actOf(press: KeyPress): { act: KeyAct; key: string } | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined
  const key = nameOfKey(press)
  const act = actOfKey.get(key)
  return act && { act, key: key.replace('Shift+', '') }
}
